use super::*;
use proptest::prelude::*;
use std::os::unix::fs::MetadataExt;

fn written(chunks: &[Vec<u8>], most: u64) -> (File, Result<(), Error>) {
    let file = tempfile::tempfile().unwrap();
    let mut sparse = Sparse::new(&file, most);
    let result = chunks.iter().try_for_each(|chunk| sparse.write(chunk));
    (file, result)
}

#[test]
fn zeros_take_no_room() {
    let chunks = [vec![1; 4096], vec![0; 1 << 20], vec![2; 100]];
    let (file, result) = written(&chunks, 1 << 30);
    result.unwrap();
    assert_eq!(file.metadata().unwrap().len(), (1 << 20) + 4096 + 100);
    assert!(file.metadata().unwrap().blocks() * 512 < 1 << 17);
}

#[test]
fn more_than_was_said_is_refused() {
    let (file, result) = written(&[vec![1; 10], vec![2; 11]], 20);
    assert_eq!(
        result.unwrap_err().to_string(),
        "The file unpacks to more than its disk has."
    );
    assert_eq!(file.metadata().unwrap().len(), 10);
}

proptest! {
    #[test]
    fn what_is_written_is_what_came(
        chunks in proptest::collection::vec((0usize..9000, prop_oneof![Just(0u8), any::<u8>()]), 0..20)
    ) {
        let chunks: Vec<Vec<u8>> = chunks.iter().map(|(len, byte)| vec![*byte; *len]).collect();
        let whole = chunks.concat();
        let (file, result) = written(&chunks, whole.len() as u64);
        result?;
        // What is behind the last byte that is not zero is the volume's own.
        file.set_len(whole.len() as u64).unwrap();
        let mut read = vec![1; whole.len()];
        file.read_exact_at(&mut read, 0).unwrap();
        prop_assert_eq!(read, whole);
    }
}
