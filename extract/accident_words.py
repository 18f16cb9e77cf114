"""Words of accidents, disasters and illness, which kill and destroy without anybody's violence."""

# Alternatives of a regular expression, to stand between word boundaries.
ACCIDENTS = (
    r"crash(?:ed|es)?|derail\w*|capsiz\w+|shipwreck|drown\w*|earthquake|quake|flood(?:s|ing)?|landslide|avalanche|"
    r"hurricane|typhoon|cyclone|tornado|storms?|drought|wildfires?|volcano|eruption|gas leak|collapsed?|stampede|"
    r"epidemic|pandemic|outbreak|cholera|ebola|malaria|influenza|covid\S*|virus|vaccin\w+"
)
