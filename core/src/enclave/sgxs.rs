//! SGXS: an enclave as the stream of records that the processor measures (Intel SDM, volume 3D, section 37.19.1).
//!
//! A record has 64 bytes: `ECREATE`, `EADD` for each page, `EEXTEND` for each measured 256 bytes, which follow it. MRENCLAVE
//! is SHA-256 of exactly these, so that the listing and the hash come from one walk. `UNMEASRD` is the format's own
//! record for 256 bytes that are loaded and not measured.

use alloc::borrow::Cow;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::binary::hexadecimal;
use crate::Limits;

/// Bytes of a record.
const RECORD: usize = 64;
/// Bytes that follow an `EEXTEND`.
const CHUNK: usize = 256;
/// Bytes of a page.
const PAGE: u64 = 4096;

pub(super) const ECREATE: &[u8; 8] = b"ECREATE\0";
const EADD: &[u8; 8] = b"EADD\0\0\0\0";
const EEXTEND: &[u8; 8] = b"EEXTEND\0";
const UNMEASURED: &[u8; 8] = b"UNMEASRD";

/// What an `.sgxs` file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SgxsFacts {
    /// The artefact it was read from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub artefact: String,
    /// MRENCLAVE, computed by walking the records, 64 lower-case digits.
    pub mrenclave: String,
    /// SHA-256 of the file as it is, 64 lower-case digits: the same as MRENCLAVE unless chunks are loaded and not measured.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Bytes of the enclave's address range.
    pub size: u64,
    /// Pages of one SSA frame.
    pub ssa_frame_pages: u32,
    /// Pages that are added.
    pub pages: u32,
    /// Thread control structures: how many threads may be inside at once.
    pub threads: u32,
    /// Bytes that are loaded and not measured, in chunks of 256.
    pub unmeasured_chunks: u32,
    /// Runs of pages that follow each other and are alike, in the order of the file; the first
    /// [`Limits::SGXS_RUNS`](crate::Limits::SGXS_RUNS) of them.
    pub runs: Vec<PageRun>,
}

/// Pages that follow each other and are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageRun {
    /// Offset of the first page in the enclave.
    pub offset: u64,
    /// How many pages.
    pub pages: u32,
    /// What they are: `TCS`, `REG`.
    pub page_type: Cow<'static, str>,
    /// What code inside may do with them: `rwx`, `r--`.
    pub rights: String,
    /// Chunks of 256 bytes that are measured, of 16 for each page.
    pub measured_chunks: u32,
}

/// Why a stream can't be walked to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    /// The bytes at fault.
    pub(super) at: Range<usize>,
    pub(super) expected: &'static str,
    pub(super) found: String,
}

fn u64_at(record: &[u8], at: usize) -> u64 {
    let bytes = record.get(at..at.saturating_add(8)).unwrap_or_default();
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// The form in which a host passes on what it measured in pieces: `{ "sgxs": { "mrenclave": ... } }`.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listing {
    sgxs: SgxsFacts,
}

/// What such a document says, if it is one. The hash is held to its form; that it belongs to a file is its writer's word.
pub(super) fn listing(text: &str) -> Option<SgxsFacts> {
    let listing: Listing = serde_json::from_str(text).ok()?;
    let facts = listing.sgxs;
    let is_hash = |text: &str| {
        text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
    };
    (is_hash(&facts.mrenclave) && (facts.sha256.is_empty() || is_hash(&facts.sha256))).then_some(facts)
}

impl SgxsFacts {
    /// The facts as an artefact of their own, for what is too large to stand in a case.
    pub fn to_artefact(&self) -> String {
        let listing = Listing { sgxs: Self { artefact: String::new(), ..self.clone() } };
        // Nothing in it fails to be written.
        serde_json::to_string_pretty(&listing).unwrap_or_default()
    }
}

/// Walks the records of a whole stream.
pub(super) fn walk(artefact: &str, bytes: &[u8]) -> Result<SgxsFacts, Broken> {
    let mut measuring = Measuring::default();
    measuring.facts.artefact = artefact.into();
    measuring.take(bytes)?;
    measuring.end()
}

/// The measurement of a stream that comes in pieces, so that a host can do other things between them.
///
/// ```
/// let mut measuring = admit_core::enclave::Measuring::default();
/// let mut record = b"ECREATE\0".to_vec();
/// record.extend(1_u32.to_le_bytes());
/// record.extend((8_u64 << 20).to_le_bytes());
/// record.resize(64, 0);
/// assert!(measuring.feed(&record[..10]).is_ok() && measuring.feed(&record[10..]).is_ok());
/// assert_eq!(measuring.finish().map(|facts| facts.size), Ok(8 << 20));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Measuring {
    facts: SgxsFacts,
    hash: Sha256,
    /// Of the bytes as they are, from where that differs on.
    plain: Option<Sha256>,
    /// Where the next record begins.
    at: usize,
    /// What of it is there.
    rest: Vec<u8>,
}

impl Measuring {
    /// Takes the next piece, of any length.
    ///
    /// # Errors
    ///
    /// What is expected instead, and the byte of the stream where it is: nothing after it makes sense.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), String> {
        self.take(bytes).map_err(|broken| broken.to_string())
    }

    /// What the whole stream says. Its `artefact` is empty.
    ///
    /// # Errors
    ///
    /// Those of [`feed`](Self::feed), where the stream breaks off.
    pub fn finish(self) -> Result<SgxsFacts, String> {
        self.end().map_err(|broken| broken.to_string())
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let mut joined = core::mem::take(&mut self.rest);
        joined.extend_from_slice(bytes);
        let mut rest = joined.as_slice();
        while let Some(taken) = self.record(rest)? {
            let (bytes, after) = rest.split_at_checked(taken).unwrap_or_default();
            if let Some(plain) = &mut self.plain {
                plain.update(bytes);
            }
            rest = after;
            self.at = self.at.saturating_add(taken);
        }
        self.rest = rest.to_vec();
        Ok(())
    }

    fn end(self) -> Result<SgxsFacts, Broken> {
        let start = self.at;
        let broken = |expected, found: &[u8]| Broken {
            at: start..start.saturating_add(found.len().max(1)),
            expected,
            found: if found.is_empty() { "the end of the stream".into() } else { hexadecimal(found) },
        };
        if self.rest.len() >= RECORD {
            return Err(broken("256 bytes after the record", &[]));
        }
        if !self.rest.is_empty() || start == 0 {
            return Err(broken("a record of 64 bytes", &self.rest));
        }
        let mrenclave = hexadecimal(&self.hash.finalize());
        let sha256 = self.plain.map_or_else(|| mrenclave.clone(), |plain| hexadecimal(&plain.finalize()));
        Ok(SgxsFacts { mrenclave, sha256, ..self.facts })
    }

    /// Takes a record, and what follows it; how many bytes that were. Nothing if they are not all there.
    fn record(&mut self, rest: &[u8]) -> Result<Option<usize>, Broken> {
        let start = self.at;
        let broken = |expected, found: &[u8]| Broken {
            at: start..start.saturating_add(found.len().max(1)),
            expected,
            found: hexadecimal(found),
        };
        let Some(record) = rest.get(..RECORD) else { return Ok(None) };
        let (tag, _) = record.split_at_checked(8).unwrap_or((record, &[]));
        if (start == 0) != (tag == ECREATE) {
            return Err(broken("one `ECREATE`, at the start", tag));
        }
        // What the processor measures there is zero, whatever stands in the file.
        let unused = match <&[u8; 8]>::try_from(tag) {
            Ok(ECREATE) => record.get(20..),
            Ok(EEXTEND | UNMEASURED) => record.get(16..),
            _ => None,
        };
        if let Some(unused) = unused.filter(|unused| unused.iter().any(|byte| *byte != 0)) {
            return Err(broken("zeros to the end of the record", unused));
        }
        match <&[u8; 8]>::try_from(tag) {
            Ok(ECREATE) => {
                self.facts.ssa_frame_pages = u32::try_from(u64_at(record, 8) & 0xFFFF_FFFF).unwrap_or_default();
                self.facts.size = u64_at(record, 12);
            }
            Ok(EADD) => self.facts.add(record),
            Ok(EEXTEND | UNMEASURED) => {
                let whole = RECORD.saturating_add(CHUNK);
                let Some(chunk) = rest.get(RECORD..whole) else { return Ok(None) };
                if tag == UNMEASURED {
                    self.plain.get_or_insert_with(|| self.hash.clone());
                    self.facts.unmeasured_chunks = self.facts.unmeasured_chunks.saturating_add(1);
                    return Ok(Some(whole));
                }
                if let Some(run) = self.facts.runs.last_mut() {
                    run.measured_chunks = run.measured_chunks.saturating_add(1);
                }
                self.hash.update(record);
                self.hash.update(chunk);
                return Ok(Some(whole));
            }
            _ => return Err(broken("`EADD`, `EEXTEND` or `UNMEASRD`", tag)),
        }
        self.hash.update(record);
        Ok(Some(RECORD))
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at byte {}: expected {}, found {}", self.at.start, self.expected, self.found)
    }
}

impl SgxsFacts {
    /// Adds a page: its offset, and SECINFO with the rights in its lowest bits and the page type in its second byte.
    fn add(&mut self, record: &[u8]) {
        let (offset, security) = (u64_at(record, 8), u64_at(record, 16));
        let page_type = match security >> 8 & 0xFF {
            0 => "SECS",
            1 => "TCS",
            2 => "REG",
            3 => "VA",
            4 => "TRIM",
            _ => "unknown",
        };
        let right = |bit: u64, letter: char| if security & bit == 0 { '-' } else { letter };
        let rights = String::from_iter([right(1, 'r'), right(2, 'w'), right(4, 'x')]);
        self.pages = self.pages.saturating_add(1);
        if page_type == "TCS" {
            self.threads = self.threads.saturating_add(1);
        }
        let full = self.runs.len() >= Limits::SGXS_RUNS;
        match self.runs.last_mut() {
            Some(run)
                if full
                    || (run.page_type == page_type
                        && run.rights == rights
                        && run.offset.saturating_add(PAGE.saturating_mul(u64::from(run.pages))) == offset) =>
            {
                if !full {
                    run.pages = run.pages.saturating_add(1);
                }
            }
            _ => self.runs.push(PageRun {
                offset,
                pages: 1,
                page_type: Cow::Borrowed(page_type),
                rights,
                measured_chunks: 0,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(tag: &[u8; 8], fields: &[u64]) -> Vec<u8> {
        let mut bytes = Vec::from(*tag);
        fields.iter().for_each(|field| bytes.extend(field.to_le_bytes()));
        bytes.resize(RECORD, 0);
        bytes
    }

    fn sample() -> Vec<u8> {
        let mut bytes = record(ECREATE, &[0x2000 << 32 | 1, 0]);
        bytes.extend(record(EADD, &[0, 0x100]));
        bytes.extend(record(EADD, &[0x1000, 0x203]));
        bytes.extend(record(EEXTEND, &[0x1000]));
        bytes.extend([7; CHUNK]);
        bytes
    }

    #[test]
    fn a_stream_is_listed_and_hashed() {
        let bytes = sample();
        let facts = walk("sgxs", &bytes);
        let whole = hexadecimal(&Sha256::digest(&bytes));
        let facts = facts.map(|facts| {
            (facts.size, facts.ssa_frame_pages, facts.pages, facts.threads, facts.mrenclave, facts.runs.len())
        });
        assert_eq!(facts, Ok((0x2000, 1, 2, 1, whole, 2)));
    }

    #[test]
    fn pieces_say_what_the_whole_says() {
        let bytes = sample();
        let whole = walk("", &bytes);
        for length in [1, 7, 63, 64, 65, 300] {
            let mut measuring = Measuring::default();
            for piece in bytes.chunks(length) {
                assert_eq!(measuring.feed(piece), Ok(()));
            }
            assert_eq!(measuring.finish().ok(), whole.clone().ok(), "{length}");
        }
    }

    #[test]
    fn unmeasured_chunks_are_not_hashed() {
        let mut bytes = sample();
        let before = walk("", &bytes).map(|facts| facts.mrenclave);
        assert_eq!(walk("", &bytes).map(|facts| facts.sha256), before);
        bytes.extend(record(UNMEASURED, &[0x1100]));
        bytes.extend([9; CHUNK]);
        let after = walk("", &bytes);
        let plain = hexadecimal(&Sha256::digest(&bytes));
        assert_eq!(after.as_ref().map(|facts| facts.sha256.as_str()), Ok(plain.as_str()));
        assert_eq!(after.as_ref().map(|facts| facts.unmeasured_chunks), Ok(1));
        assert_eq!(after.map(|facts| facts.mrenclave), before);
    }

    #[test]
    fn broken_streams_say_where() {
        let bytes = sample();
        for length in 1..bytes.len() {
            let cut = walk("", bytes.get(..length).unwrap_or_default());
            let whole = [64, 128, 192].contains(&length);
            assert_eq!(cut.is_ok(), whole, "{length}");
        }
        assert!(walk("", &record(EADD, &[])).is_err());
    }
}
