//! The files of documents, apart from the records: one file a document, sealed
//! with a key that lies with the server's certificates.

use crate::vault::Vault;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Ending of a file whose document is not stored yet.
const STAGED: &str = "new";

/// The folder of files.
pub(crate) struct Images {
    folder: PathBuf,
    vault: Vault,
}

/// A file on disk whose document is not stored yet; gone when dropped.
pub(crate) struct Staged {
    path: PathBuf,
    folder: PathBuf,
}

impl Images {
    /// Opens the folder; files whose document was never stored go. `keys` is
    /// where the key lies.
    pub(crate) fn open(folder: PathBuf, keys: &Path) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == STAGED) {
                fs::remove_file(path)?;
            }
        }
        let vault = Vault::open(keys)?;
        Ok(Self { folder, vault })
    }

    /// Writes a file sealed, safe on disk when it returns.
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
        file.write_all(&self.vault.seal(bytes)?)?;
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
        self.vault.open_sealed(fs::read(place(&self.folder, document))?)
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
    folder.join(format!("{document}.sealed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stays_only_when_its_document_is_stored() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = tempfile::tempdir().expect("a folder");
        let open = || Images::open(folder.path().to_owned(), keys.path());
        let images = open().expect("opens");
        let (kept, refused) = (Uuid::from_u128(1), Uuid::from_u128(2));
        images.stage(b"one").expect("written").keep(kept).expect("kept");
        drop(images.stage(b"two").expect("written"));
        assert_eq!(images.read(kept).expect("there"), b"one");
        assert!(images.read(refused).is_err());
        let left = std::mem::ManuallyDrop::new(images.stage(b"three").expect("written"));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        let again = open().expect("opens again");
        assert_eq!(
            fs::read_dir(folder.path()).expect("a folder").count(),
            1,
            "{:?}",
            left.path
        );
        assert_eq!(again.read(kept).expect("still there"), b"one");
    }
    #[test]
    fn what_lies_on_the_disk_says_nothing_and_a_changed_byte_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let keys = tempfile::tempdir().expect("a folder");
        let images = Images::open(folder.path().to_owned(), keys.path()).expect("opens");
        let document = Uuid::from_u128(1);
        let staged = images.stage(b"%PDF-1.7 who and when").expect("written");
        staged.keep(document).expect("kept");
        let file = place(folder.path(), document);
        let mut sealed = fs::read(&file).expect("on the disk");
        assert!(!sealed.windows(3).any(|part| part == b"who"), "it can be read");
        *sealed.last_mut().expect("not empty") ^= 1;
        fs::write(&file, sealed).expect("changed");
        assert!(images.read(document).is_err(), "a changed file is given");
    }
}
