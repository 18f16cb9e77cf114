"""Files of reports -> reports; rows that cannot be read come out as refusals with their line and reason."""
