//! Signatures that OpenSSL 3.0.19 made, in hexadecimal.
//!
//! Each key was made by `openssl genpkey` and forgotten. `openssl dgst -sign KEY -HASH` made the signatures, for PSS
//! with `-sigopt rsa_padding_mode:pss`, `rsa_mgf1_md:` and `rsa_pss_saltlen:`; `openssl pkeyutl -rawin` that of
//! Ed25519.

use crate::signature::{Hash, Pss, Scheme};

/// What is signed.
pub(super) const MESSAGE: &[u8] = b"Would it be admitted, and why?";

/// RSASSA-PSS-params: SHA-256, MGF1 over SHA-256, 32 bytes of salt.
pub(super) const PSS_SHA256_32: &str = "3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d0609\
         6086480165030402010500a203020120";

/// A signature that is right.
pub(super) struct Vector {
    /// SubjectPublicKeyInfo.
    pub(super) key: &'static str,
    /// The signature algorithm.
    pub(super) algorithm: &'static str,
    /// Its parameters.
    pub(super) parameters: Option<&'static str>,
    /// What they mean.
    pub(super) scheme: Scheme,
    /// The signature over [`MESSAGE`].
    pub(super) signature: &'static str,
}

/// Every right signature.
pub(super) const VECTORS: &[Vector] = &[
    Vector {
        key: RSA_512,
        algorithm: "1.2.840.113549.1.1.5",
        parameters: Some("0500"),
        scheme: Scheme::RsaPkcs1(Hash::Sha1),
        signature: "aadc2ebd7baf8dd60f2fac7e5c8d663698772a0350902a5f364d777f7c7f86d29560a4f60512\
         5115bec5cd1800ccaf2baaeb80da5dcfcb510ac244a46cd09fb1",
    },
    Vector {
        key: RSA_768,
        algorithm: "1.2.840.113549.1.1.11",
        parameters: Some("0500"),
        scheme: Scheme::RsaPkcs1(Hash::Sha256),
        signature: "c10f71995418297b3fbe80a8234e016fac35afb7a00133cd921f81d0ec4df5d3e5285f0dfe59\
         959ec06543c8c76e1d04184c29ca96bf6b3f012b69f3779fee1adbf657655ff350c5ae2bc205\
         128cfe7729b42b29a8df77781ca24a1b1c1d2897",
    },
    Vector {
        key: RSA_1024,
        algorithm: "1.2.840.113549.1.1.14",
        parameters: Some("0500"),
        scheme: Scheme::RsaPkcs1(Hash::Sha224),
        signature: "3e4da51df50de21d378e9039d80666ce09ed575ff7d299cb41b73643bfc75164167e4fe0083c\
         03313d87a094ccae259109adda9da9f75356928e93527043b08dfd143a409351041eb912cd79\
         243b3b983ca69f61f0524098388b877eb1aefb73f5e6baef6cf98da66b63cc0a15440c267320\
         054453a3aa7c0e1e1e6fe4bc3598",
    },
    Vector {
        key: RSA_1024,
        algorithm: "1.2.840.113549.1.1.12",
        parameters: None,
        scheme: Scheme::RsaPkcs1(Hash::Sha384),
        signature: "260ad8a58ba4942a3f30cb9fff05f7ca2d1b5b19d1abc2e0957fdf25aba6ba8abddc5cca0902\
         f424e1a0daba60452189e2a714ac44554e824eddfd8a1bbd3b53ea7921e01b5571e848597363\
         8bb6eb3dbfa6f2451fad8f5d92a14a5e265bf620f6ead866f2cc27421ccc451eae9e8d882ff5\
         479e9fe83785a0807553a504d05d",
    },
    Vector {
        key: RSA_1024,
        algorithm: "1.2.840.113549.1.1.13",
        parameters: Some("0500"),
        scheme: Scheme::RsaPkcs1(Hash::Sha512),
        signature: "cd8b91de4a3a49ca20fe3ea64c2acf31d589cb1fa04175df6bc9a631741284609302e57796a2\
         aed689ac49bb4252b6817fb0dc43cf188eb2c5779ff1bfc38fd4ba62f49e2f09d1eca1d43dec\
         e68b839b1ff54112f199598859d7c68f3a38733e77f356fb407abe81a533e139064ac078ae94\
         ce6ef613451e91de85d1be1f2e9d",
    },
    Vector {
        key: RSA_1024_E3,
        algorithm: "1.2.840.113549.1.1.11",
        parameters: Some("0500"),
        scheme: Scheme::RsaPkcs1(Hash::Sha256),
        signature: "06eb5464062106c88dfe61fab4f45726f6e7c52d50c54a94632b4ba75f5686cacb7fce894b09\
         3d65635325a6c4d11445dfa2d469269af7fc99bd520ebef9127c035c788a0a99c0ee40e4d99d\
         ea73325b75b91564393594ae768cef7d8b0e71174adacfde855c8072ed13b458b8db2de18879\
         52ef7726349101dbca97bbcdf5b6",
    },
    Vector {
        key: RSA_1024,
        algorithm: "1.2.840.113549.1.1.10",
        parameters: Some("3000"),
        scheme: Scheme::RsaPss(Pss { hash: Hash::Sha1, mask_hash: Hash::Sha1, salt_bytes: 20 }),
        signature: "37afd4aa0a0a730557bafbda48c1a839f6ae8d0e69f1bcdc08f46476600186099027dd9968dc\
         6aa97187e4ad5479b9680229c397d56151ac31fefe63efe798e4ddf6faf33bba7325bdb114ef\
         4cd1b7586c00695fb1693f726193765b28ac4259a8749c80ea26732d64b51cc2e7a057a1afdc\
         364e98796869054f647b698808e4",
    },
    Vector {
        key: RSA_1024,
        algorithm: "1.2.840.113549.1.1.10",
        parameters: Some("3016a00f300d06096086480165030402010500a20302010b"),
        scheme: Scheme::RsaPss(Pss { hash: Hash::Sha256, mask_hash: Hash::Sha1, salt_bytes: 11 }),
        signature: "733044208c86c66ccf9ac6819de63a59b922d7c7aa497811d1f430da039937aefc1c56f9ea50\
         e4aaa0a4a2bd82cbcf1f103df64719fb1c15f05d41dd55c08656fa6ad1a14016a4e397784935\
         8d075c9b903761d709b5ff734825367b45fd82a02276c6da95ab1eaabcd110247455d597f813\
         1b6d89bc422824ac6f2e78013bb1",
    },
    Vector {
        key: RSA_1025,
        algorithm: "1.2.840.113549.1.1.10",
        parameters: Some(PSS_SHA256_32),
        scheme: Scheme::RsaPss(Pss { hash: Hash::Sha256, mask_hash: Hash::Sha256, salt_bytes: 32 }),
        signature: "013df46b575e54f5af226b858e74383f6fbea0d20830861295f5f43e68d843e49cf7be4aeb0f\
         3204bc76b7000d93da6cc694df952010b444f0514e86b95aca537c8cd5becea21465a8de64f0\
         09e7b02fffdb10ffbb3a343c97f23e3b2505a02d4fef916acfc8827c41e30f74efd603060831\
         d18a6114458343922a931b86e8abe1",
    },
    Vector {
        key: RSA_PSS_BOUND,
        algorithm: "1.2.840.113549.1.1.10",
        parameters: Some(PSS_SHA256_32),
        scheme: Scheme::RsaPss(Pss { hash: Hash::Sha256, mask_hash: Hash::Sha256, salt_bytes: 32 }),
        signature: "556712a13abaadaefb56d335734eafc501a7a6a55abe2cc12c66c9350eca306787790572ba98\
         3ecef4964c69f877fa2e6d57dd8e416c22f56afcd19fae9409b195c4bf9e5ec33123f412bd10\
         0487033d2f1ff8b5139602ff9a1f7d5fd08477de2ba51596fd65a4ecbc8f2cd2976bbdbc580d\
         c9db67be8a4fe224150c0fd3a11f",
    },
    Vector {
        key: P256,
        algorithm: "1.2.840.10045.4.1",
        parameters: None,
        scheme: Scheme::Ecdsa(Hash::Sha1),
        signature: "304502201229baa280accdb5465fb8fa54cf3dff0b687ea738845621734e3040f1f239da0221\
         008fbdeea2074f8135431da39104e52d29e1c38ef4547ca3723951b4ff04cbd038",
    },
    Vector {
        key: P256_COMPRESSED,
        algorithm: "1.2.840.10045.4.3.4",
        parameters: None,
        scheme: Scheme::Ecdsa(Hash::Sha512),
        signature: "304602210086b3fc273c34c8dc171b8379e0df577fa046efa697b3309b47da5f3ab2f0d6a802\
         210092dde4324a68ab108b4924ceee2f35340cbc18a1c4357dc616b68de22ebffc4e",
    },
    Vector {
        key: P256,
        algorithm: "1.2.840.10045.4.3",
        parameters: Some("300d06096086480165030402030500"),
        scheme: Scheme::Ecdsa(Hash::Sha512),
        signature: "304602210086b3fc273c34c8dc171b8379e0df577fa046efa697b3309b47da5f3ab2f0d6a802\
         210092dde4324a68ab108b4924ceee2f35340cbc18a1c4357dc616b68de22ebffc4e",
    },
    Vector {
        key: P384,
        algorithm: "1.2.840.10045.4.1",
        parameters: Some("0500"),
        scheme: Scheme::Ecdsa(Hash::Sha1),
        signature: "306502305406db91afcd5f539adf698dbe4c4daddd8eb65f02ca6f99ba348780c98c7898df42\
         e22e8bd036fb2debb9d2c1895f76023100d5c0a93bfba59f1e19aebe269d3dfb30cde8bd0bea\
         66ca45f9e7db2d2d0e1259f5e1ff496df71aed92a244ce21915b61",
    },
    Vector {
        key: P384,
        algorithm: "1.2.840.10045.4.3.4",
        parameters: None,
        scheme: Scheme::Ecdsa(Hash::Sha512),
        signature: "3066023100f584b62661367e0844228ba14bec0c01788f28c1438e119a24ec09333b3afb8b24\
         c772e40017c1510f029e653d77da210231009f296b55e7d731c5f142b3780fc6cfdec701207d\
         9fa9dcf1049c062d0dafa9ba765bdad23ce33150eaa4cad3c7672913",
    },
    Vector {
        key: P521,
        algorithm: "1.2.840.10045.4.1",
        parameters: None,
        scheme: Scheme::Ecdsa(Hash::Sha1),
        signature: "308188024200bc3a44fe38da4c80205fba6968d286e1cc19c5fa91b4ecbb47daeaaa06eeb3b8\
         0a32c13f8c717994fd7bd7d0ec14d98d5d94a1fd2c5bf1ba4c7dccfb20d9d7064902420182a8\
         0f75e19f5edd2c8fda944bcbf0ecf76a25a177b4a7336a192dc6f6d684ba81860f3784ef31c3\
         f3c7703cd4c578a10f429544a479a0e87b4e7274c9dca028b1",
    },
    Vector {
        key: P521,
        algorithm: "1.2.840.10045.4.3.2",
        parameters: None,
        scheme: Scheme::Ecdsa(Hash::Sha256),
        signature: "308188024200a9a61d0a7331a3bb6a73e5900da163c5b718fde7046a0320ffbc9fe30c87fc24\
         854bfa41977275b774c71e0b4e88111956f918d0b9f75c7dbe68d7a8f937446b840242014be4\
         a6a36f7d8b4fbce3100d44396eb45b619284f5c1ce9e3572670709a299811881c7cc1def75f8\
         745eaf4100d26282a9c84beb9bc03c3e89778b70fb5a2929c2",
    },
    Vector {
        key: ED25519,
        algorithm: "1.3.101.112",
        parameters: None,
        scheme: Scheme::Ed25519,
        signature: "c5cd54fab5ff2959ef8d389e7a3d414ff8ea936c83128fe24ad836942b9e642f6404a0d3a044\
         875af1a42650eb38add35d6ecbef5663c65dfa12ed781fedff07",
    },
];

pub(super) const RSA_512: &str = "305c300d06092a864886f70d0101010500034b003048024100ac7a3400c2f8fe18b14e740abb\
         86c77ab27605c7f998981e28a8ea912de3dc2c98ae832b323cbe739e70ace3046649e6b0fabc\
         ad192ba3b41367d6a888c88c3d0203010001";
pub(super) const RSA_768: &str = "307c300d06092a864886f70d0101010500036b003068026100d6bb350755bab28c259bb5c703\
         3155c832976ff9fb8a5d84049ad001cce28d202cc89340e005d4c2483877a632e7c149c936ff\
         9491538f80cac0be0f3da8bbe296be4df71f9c345d843b7b9d88844febc470258f0164a993b5\
         ebbc1bdb86acd10203010001";
pub(super) const RSA_1024: &str = "30819f300d06092a864886f70d010101050003818d0030818902818100d8217ef1f893d8096a\
         7c2207af564a28e6e1e9c34dbf0d3579b66c640e5c6ba497205ea3d8b0b8b1af200f05fa5672\
         cb027541c42415f78f56d65172a763d33e00e92b4ea283b47459e5bbbd359e2f70a777728487\
         7ee14d160fb452df94d14444fb767ed362924b1e3eeaf8d8a8ecbeda2615f2470934aba2da63\
         44232b2f0f0203010001";
pub(super) const RSA_1025: &str = "30819f300d06092a864886f70d010101050003818d003081890281810196292d5f7404c96407\
         1366530a2105269a685ada9cc5076742e9cbc8514efa143e42c925ab7843e24bd0a58e2d111d\
         49d911f06c588b4f99b6b9d6e2b96e1b83faf91842dc6cbb7a48f069335833b7ae44a2900eb7\
         300d52679f135e542521c67257e83d58fa4565eae37c365b6bdfc4c87f550d87d0f6bb0ccffd\
         c219d0ebaf0203010001";
pub(super) const RSA_1024_E3: &str = "30819d300d06092a864886f70d010101050003818b0030818702818100aa982b138fc16e3012\
         9a6cfd3ee7ae789cf6b0f8fdb74ebfcaf7cfc202ba10b860b9205b55a8678e6c589d43e5f971\
         460960093d1cc01704156a58b5abe0dd8183beca291434d77a2fe19082373f3637f18aca19b9\
         44a563c5165631d0c0c6001c76439a684417ce38c5028194444e8ee8b7aff8ee07800b369bae\
         e56cef80c5020103";
pub(super) const RSA_PSS_BOUND: &str = "3081d3304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c30\
         1a06092a864886f70d010108300d06096086480165030402010500a20302012003818d003081\
         8902818100d40f08682724e8a8fd3abb038cb6ab177c3a7e8269c43f83ea561c51067d66fe2f\
         7d34bd873b0e95668e63c0eeb928a49986f606a40329eddfc3ac441244aae043a75e98f92683\
         254f0382ad8361eb283e6fa88dfb218c506a196d8ab8b66e6dd9280cfbda387981e2258fd8bc\
         7ceeca3d2e555ffa7dfd06b6a45ad039c94f3d0203010001";
pub(super) const P256: &str = "3059301306072a8648ce3d020106082a8648ce3d03010703420004c75b4438aa1b428447a8f0\
         69b97af39e089b54a66118c107fb0de3c0bc8c5b5d9369e24b77dd47820363349c77d53718e0\
         f054236192d9f1e6897fa1e2caa733";
pub(super) const P256_COMPRESSED: &str = "3039301306072a8648ce3d020106082a8648ce3d03010703220003c75b4438aa1b428447a8f0\
         69b97af39e089b54a66118c107fb0de3c0bc8c5b5d";
pub(super) const P384: &str = "3076301006072a8648ce3d020106052b81040022036200041d773d6727f0cc70eb4dfade3ab5\
         e41c18d657137d466b726c1331609f23dc5869672589fe4e30921253d741e3ed23115427af61\
         edfc3d073731d993de4012b788dc286eeb14a699c629a1f0f00d2047596b1bc3da02a5ce9fe9\
         d9eb9218ccdd";
pub(super) const P521: &str = "30819b301006072a8648ce3d020106052b81040023038186000401a98f615bb37fca9e4f4f82\
         f057df3965064870ccdb2128e5b00631f164d3eaf2c653abe932f69fec897d2dd69fb529c1e5\
         ab15be524e4a973a4f7f453c9927862e017a25af3d27c4f33c5bca64395123450348005fd6f3\
         75fff632adca19c7c5a4e6e9672248cfc2cbf207f537357f20a6604ac0c8e58b3d7d9c6dcc55\
         f1eb192442ba";
pub(super) const ED25519: &str = "302a300506032b65700321005c6761999d12cd1b8446a29797da2dbbdeffd08b6f458dc0b47d\
         e50378888514";
/// P-256 given by its equation.
pub(super) const P256_EXPLICIT: &str = "3082014b3082010306072a8648ce3d02013081f7020101302c06072a8648ce3d0101022100ff\
         ffffff00000001000000000000000000000000ffffffffffffffffffffffff305b0420ffffff\
         ff00000001000000000000000000000000fffffffffffffffffffffffc04205ac635d8aa3a93\
         e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b031500c49d360886e704936a66\
         78e1139d26b7819f7e900441046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4\
         a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51\
         f5022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc6325510201\
         0103420004c75b4438aa1b428447a8f069b97af39e089b54a66118c107fb0de3c0bc8c5b5d93\
         69e24b77dd47820363349c77d53718e0f054236192d9f1e6897fa1e2caa733";
/// RSA-512 over MD5.
pub(super) const MD5_SIGNATURE: &str = "63991f914e5fb3939ed0e5656d57a53e262f39655fdfb98c03aa546044c52e407c13f02fb7c3\
         061c67ac1ea10032b61645bb6c33c1386bb498c0a6a7d378b48f";
