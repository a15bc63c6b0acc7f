//! The client of firnd's API.
