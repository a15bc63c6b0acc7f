//! Guests as the hypervisor sees them: Xen, and a simulated engine.
