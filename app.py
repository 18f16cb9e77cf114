"""The app: ``streamlit run app.py``."""

from __future__ import annotations

import streamlit as st

from views import about_page, add_page, doors, figures_page, map_page, review_page, state

SIDEBAR_PIXELS = 330

st.set_page_config("Dateline", "static/icon.png", layout="wide", initial_sidebar_state=SIDEBAR_PIXELS)
st.logo("static/logo.svg", size="large", icon_image="static/icon.png")
state.style()
doors.enter()
pages = {
    "map": st.Page(map_page.page, title="Map", icon=":material/map:", url_path="map", default=True),
    "figures": st.Page(figures_page.page, title="Figures", icon=":material/bar_chart:", url_path="figures"),
    "add": st.Page(add_page.page, title="Add a report", icon=":material/note_add:", url_path="add"),
    "review": st.Page(review_page.page, title="Review", icon=":material/fact_check:", url_path="review"),
    "help": st.Page(about_page.page, title="Help", icon=":material/help:", url_path="help"),
}
state.remember(pages)
st.navigation(list(pages.values()), position="top").run()
with st.sidebar:
    doors.leave()
