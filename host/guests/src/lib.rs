//! Guests: definitions, checks, plans, steps.
