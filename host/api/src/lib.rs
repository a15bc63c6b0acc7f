//! What firnd and its clients say to each other.
