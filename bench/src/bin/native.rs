//! Measures natively, in the folder of chains that the first argument names. It prints what the JavaScript half prints: a
//! JSON object a line, with the microseconds of one operation in each round.

use std::cell::RefCell;
use std::hint::black_box;
use std::path::Path;
use std::{env, fs};

use admit_bench::cluster::Cluster;
use admit_bench::{AT, raw, rounds};

const AT_UNIX: u64 = 1_795_305_600;

fn main() {
    let folder = env::args().nth(1).unwrap_or_default();
    for tag in ["rsa2048", "rsa4096", "p256", "p384"] {
        let read = |name: &str| {
            let path = Path::new(&folder).join(format!("{tag}_{name}.pem"));
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let (leaf, intermediate, root) = (read("leaf"), read("inter"), read("root"));
        let sent = format!("{leaf}{intermediate}");
        let pems = [leaf.as_str(), &intermediate, &root];
        let signed = raw::signed(&pems).unwrap_or_else(|| panic!("{tag} can't be read"));
        rounds::measure(
            &format!("{tag}/chain3"),
            &[
                ("admit, native", &|| admit_bench::chain(black_box(&sent), &root, AT)),
                ("verdict, native", &|| admit_bench::verdict(black_box(&sent), &root, AT)),
                ("mathematics, native", &|| raw::mathematics(black_box(&signed))),
                ("RustCrypto, native", &|| raw::chain(black_box(&pems), AT_UNIX)),
            ],
        );
        rounds::measure(
            &format!("{tag}/facts"),
            &[("admit, native", &|| admit_bench::facts(black_box(&leaf)) == [40, 1, 3])],
        );
    }
    for size in ["10", "100", "1000", "10000", "large"] {
        let path = Path::new(&folder).join(format!("cluster-{size}.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let cluster = Cluster::read(&text).unwrap_or_else(|| panic!("cluster {size} can't be read"));
        let cluster = RefCell::new(cluster);
        rounds::measure(
            &format!("cluster/{size}"),
            &[("admit, native", &|| black_box(&cluster).borrow_mut().reread())],
        );
    }
}
