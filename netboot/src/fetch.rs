//! placeholder
use clap::Args;
#[derive(Debug, Args, Clone)]
pub struct SimulateArgs {
    #[arg(long)]
    pub server: String,
}
