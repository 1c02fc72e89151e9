//! The files of documents, apart from the records: one file a document.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Ending of a file whose document is not stored yet.
const STAGED: &str = "new";

/// The folder of files.
pub(crate) struct Images {
    folder: PathBuf,
}

/// A file on disk whose document is not stored yet; gone when dropped.
pub(crate) struct Staged {
    path: PathBuf,
    folder: PathBuf,
}

impl Images {
    /// Opens the folder; files whose document was never stored go.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == STAGED) {
                fs::remove_file(path)?;
            }
        }
        Ok(Self { folder })
    }

    /// Writes a file, safe on disk when it returns.
    pub(crate) fn stage(&self, bytes: &[u8]) -> io::Result<Staged> {
        let staged = Staged {
            path: self.folder.join(format!("{}.{STAGED}", Uuid::new_v4())),
            folder: self.folder.clone(),
        };
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&staged.path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(staged)
    }

    /// Is there a file of a document?
    pub(crate) fn has(&self, document: Uuid) -> bool {
        place(&self.folder, document).exists()
    }

    /// Removes the file of a document, if there is one.
    pub(crate) fn remove(&self, document: Uuid) -> io::Result<()> {
        match fs::remove_file(place(&self.folder, document)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// The file of a document.
    pub(crate) fn read(&self, document: Uuid) -> io::Result<Vec<u8>> {
        fs::read(place(&self.folder, document))
    }
}

impl Staged {
    /// Makes it the file of a document that is about to be stored.
    pub(crate) fn keep(self, document: Uuid) -> io::Result<()> {
        fs::rename(&self.path, place(&self.folder, document))?;
        File::open(&self.folder)?.sync_all()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // A kept one has another name by now; one that stays goes at the next start.
        drop(fs::remove_file(&self.path));
    }
}

fn place(folder: &Path, document: Uuid) -> PathBuf {
    folder.join(format!("{document}.pdf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_only_when_its_document_is_stored() {
        let folder = tempfile::tempdir().expect("a folder");
        let images = Images::open(folder.path().to_owned()).expect("opens");
        let (kept, refused) = (Uuid::from_u128(1), Uuid::from_u128(2));
        images.stage(b"one").expect("written").keep(kept).expect("kept");
        drop(images.stage(b"two").expect("written"));
        assert_eq!(images.read(kept).expect("there"), b"one");
        assert!(images.read(refused).is_err());
        let left = std::mem::ManuallyDrop::new(images.stage(b"three").expect("written"));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        let again = Images::open(folder.path().to_owned()).expect("opens again");
        assert_eq!(
            fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "{:?}",
            left.path
        );
        assert_eq!(again.read(kept).expect("still there"), b"one");
    }
}
