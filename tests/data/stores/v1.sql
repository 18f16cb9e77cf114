-- The store's tables as Dateline 0.1.0 made them (schema 1); {serial} and {moment} differ between the databases.
CREATE TABLE meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL, PRIMARY KEY (key));
CREATE TABLE reports (
    id VARCHAR NOT NULL, content_hash VARCHAR(64) NOT NULL, title TEXT, text TEXT NOT NULL, published DATE,
    publisher TEXT, url TEXT, language VARCHAR, places JSON NOT NULL, warnings JSON NOT NULL,
    added_at {moment} NOT NULL, PRIMARY KEY (id)
);
CREATE INDEX ix_reports_content_hash ON reports (content_hash);
CREATE TABLE incidents (
    key {serial} NOT NULL, id VARCHAR NOT NULL, report_id VARCHAR NOT NULL, event_id VARCHAR,
    event_type VARCHAR NOT NULL, status VARCHAR NOT NULL, background BOOLEAN NOT NULL, "primary" BOOLEAN NOT NULL,
    date_start DATE, date_end DATE, date_precision INTEGER, lat FLOAT, lon FLOAT, radius_km FLOAT,
    where_precision INTEGER, country_code VARCHAR(2), admin1 TEXT, admin2 TEXT, place_name TEXT, killed_low INTEGER,
    killed_high INTEGER, wounded_low INTEGER, wounded_high INTEGER, confidence FLOAT NOT NULL, record JSON NOT NULL,
    PRIMARY KEY (key), UNIQUE (id), FOREIGN KEY(report_id) REFERENCES reports (id)
);
CREATE INDEX ix_incidents_country_code ON incidents (country_code);
CREATE INDEX ix_incidents_date_start ON incidents (date_start);
CREATE INDEX ix_incidents_event_id ON incidents (event_id);
CREATE INDEX ix_incidents_event_type ON incidents (event_type);
CREATE INDEX ix_incidents_report_id ON incidents (report_id);
CREATE TABLE incident_actors (
    incident_key INTEGER NOT NULL, position INTEGER NOT NULL, actor_id VARCHAR NOT NULL, name TEXT NOT NULL,
    kind VARCHAR NOT NULL, role VARCHAR NOT NULL, alleged_by TEXT, PRIMARY KEY (incident_key, position),
    FOREIGN KEY(incident_key) REFERENCES incidents (key)
);
CREATE INDEX ix_incident_actors_actor_role ON incident_actors (actor_id, role, incident_key);
INSERT INTO meta VALUES ('schema_version', '1'), ('revision', '2');
INSERT INTO reports VALUES
    ('r1', 'h1', 'Strike', 'Strike near Deir ez-Zor.', '2016-09-18', 'Wire', NULL, 'en', '[]', '[]',
     '2024-01-02 03:04:05.000006'),
    ('r2', 'h2', NULL, 'Clash in Mosul, then shelling.', NULL, NULL, NULL, 'en', '[]', '["w"]',
     '2024-02-02 03:04:05.000006');
INSERT INTO incidents (id, report_id, event_type, status, background, "primary", date_start, date_end, lat, lon,
                       radius_km, where_precision, country_code, killed_low, confidence, record) VALUES
    ('r1-0', 'r1', 'air_strike', 'occurred', false, true, '2016-09-17', '2016-09-17', 35.28, 40.17, 5.0, 2, 'SY', 62,
     0.8, '{{"id": "r1-0", "actors": [{{"id": "isis"}}]}}'),
    ('r2-0', 'r2', 'armed_clash', 'occurred', false, true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0.5,
     '{{"id": "r2-0", "actors": []}}'),
    ('r2-1', 'r2', 'shelling', 'occurred', false, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0.4,
     '{{"id": "r2-1", "actors": []}}');
INSERT INTO incident_actors VALUES (1, 0, 'isis', 'Islamic State', 'armed_group', 'target', NULL);
