"""contactline: war reports in, dated incidents and the front out.

This file makes the folder the package `contactline` once installed; Streamlit finds the
map component's manifest beside it. In the checkout the rooms are imported by their own names: `geo`, `layers`, `views`.
"""
