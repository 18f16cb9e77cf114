"""Report -> reading: composes the reading of words (extract) with the placing of names (geo).

The only file that knows both sides; the parts that read files are handed in when the ``Reader`` is built.
"""
