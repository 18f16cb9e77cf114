"""Layers that users load beneath the incidents: control lines, districts, camps, from GeoJSON, KML and shapefiles."""
