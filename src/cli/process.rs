//! What the system says about the process.

use std::io::Read as _;
use std::time::Duration;

/// Bytes of a page of memory on the systems that have /proc.
const PAGE: u64 = 4096;

/// The numbers of /proc/self/statm, in bytes: all address space, and what of it is in memory. It is read without memory
/// of its own, which would take address space.
fn spaces() -> Option<[u64; 2]> {
    let mut bytes = [0; 128];
    let size = std::fs::File::open("/proc/self/statm").ok()?.read(&mut bytes).ok()?;
    let text = std::str::from_utf8(bytes.get(..size)?).ok()?;
    let mut pages = text.split_ascii_whitespace().map_while(|word| word.parse::<u64>().ok());
    Some([pages.next()?.checked_mul(PAGE)?, pages.next()?.checked_mul(PAGE)?])
}

/// Bytes of memory that the process uses; the most that it has used, where only that is known.
pub(crate) fn resident_bytes() -> Option<u64> {
    spaces().map(|[_, resident]| resident).or_else(peak_bytes)
}

#[cfg(unix)]
fn usage() -> Option<nix::sys::resource::Usage> {
    use nix::sys::resource::{UsageWho, getrusage};
    getrusage(UsageWho::RUSAGE_SELF).ok()
}

#[cfg(unix)]
fn peak_bytes() -> Option<u64> {
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    u64::try_from(usage()?.max_rss()).ok()?.checked_mul(unit)
}

#[cfg(not(unix))]
fn peak_bytes() -> Option<u64> {
    None
}

/// Time that the processors have worked for the process.
#[cfg(unix)]
pub(crate) fn processor_time() -> Option<Duration> {
    let usage = usage()?;
    [usage.user_time(), usage.system_time()].into_iter().try_fold(Duration::ZERO, |sum, time| {
        let seconds = Duration::from_secs(u64::try_from(time.tv_sec()).ok()?);
        Some(sum + seconds + Duration::from_micros(u64::try_from(time.tv_usec()).ok()?))
    })
}

/// Time that the processors have worked for the process.
#[cfg(not(unix))]
pub(crate) fn processor_time() -> Option<Duration> {
    None
}

/// Whether little is left of the address space that the process may have (`ulimit -v`). Where there is none left, the
/// process would end without a word.
#[cfg(unix)]
pub(crate) fn address_space_is_scarce() -> bool {
    use nix::sys::resource::{RLIM_INFINITY, Resource, getrlimit};
    let Ok((limit, _)) = getrlimit(Resource::RLIMIT_AS) else { return false };
    limit != RLIM_INFINITY && spaces().is_some_and(|[all, _]| all > limit - limit / 4)
}

/// Whether little is left of the address space that the process may have.
#[cfg(not(unix))]
pub(crate) fn address_space_is_scarce() -> bool {
    false
}

/// Whether the process was started without a standard output (`>&-`). Rust opens /dev/null in its place before `main`, for
/// reading and writing; who means to throw the output away (`>/dev/null`) opens it for writing only.
#[cfg(unix)]
pub(crate) fn output_is_closed() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let out = std::io::stdout();
    let is_null = match (fstat(&out), stat("/dev/null")) {
        (Ok(out), Ok(null)) => (out.st_mode, out.st_rdev) == (null.st_mode, null.st_rdev),
        _ => false,
    };
    is_null && fcntl_getfl(&out).is_ok_and(|flags| flags & OFlags::RWMODE == OFlags::RDWR)
}

/// Whether the process was started without a standard output.
#[cfg(not(unix))]
pub(crate) fn output_is_closed() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_system_tells_what_the_process_uses() {
        assert!(resident_bytes().is_some_and(|bytes| bytes > 1 << 20));
        assert!(peak_bytes().is_some_and(|bytes| bytes > 1 << 20));
        assert!(processor_time().is_some());
        assert!(!address_space_is_scarce());
    }
}
