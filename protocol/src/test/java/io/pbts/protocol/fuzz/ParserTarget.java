package io.pbts.protocol.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pbts.protocol.Vectors;
import io.pbts.protocol.bencode.BencodeDecoder;
import io.pbts.protocol.bencode.BencodeException;
import io.pbts.protocol.bencode.BencodeLimits;
import io.pbts.protocol.bencode.BencodeWriter;
import io.pbts.protocol.crypto.BlsPublicKey;
import io.pbts.protocol.crypto.BlsSignature;
import io.pbts.protocol.crypto.Secp256k1;
import io.pbts.protocol.crypto.Secp256k1.Recovery;
import io.pbts.protocol.crypto.Secp256k1PublicKey;
import io.pbts.protocol.hash.Hex;
import io.pbts.protocol.layout.LayoutException;
import io.pbts.protocol.report.BinaryReport;
import io.pbts.protocol.report.TooManyReceipts;
import io.pbts.protocol.signin.MalformedSiweMessage;
import io.pbts.protocol.signin.SiweMessage;
import io.pbts.protocol.testing.FuzzTarget;
import io.pbts.protocol.torrent.Metainfo;
import io.pbts.protocol.torrent.MetainfoException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.bytes.Bytes32;

/** Every parser of what strangers send. Each swallows the one refusal that it documents, and checks what it took. */
enum ParserTarget implements FuzzTarget {
    REPORT {
        @Override
        public void read(byte[] input) {
            try {
                var report = BinaryReport.decode(Bytes.wrap(input), 256);
                require(BinaryReport.decode(BinaryReport.encode(report), 256).equals(report));
            } catch (LayoutException | TooManyReceipts documented) {
                require(documented.getMessage() != null);
            }
        }

        @Override
        public List<byte[]> examples() {
            return bytes("reports-binary.json", "cases", "body");
        }
    },
    BENCODE {
        @Override
        public void read(byte[] input) {
            try {
                var value = BencodeDecoder.decode(input, BencodeLimits.MESSAGE);
                require(BencodeWriter.encode(value).equals(Bytes.wrap(input)));
            } catch (BencodeException documented) {
                require(documented.getMessage() != null);
            }
        }

        @Override
        public List<byte[]> examples() {
            return Stream.of(
                            "d8:intervali1800e5:peers6:abcdefe",
                            "d5:filesd20:aaaaaaaaaaaaaaaaaaaad8:completei5eeee",
                            "li-7e0:e")
                    .map(text -> text.getBytes(UTF_8))
                    .toList();
        }
    },
    METAINFO {
        @Override
        public void read(byte[] input) {
            try {
                var metainfo = Metainfo.parse(input);
                require(metainfo.v1().isPresent() || metainfo.v2().isPresent());
            } catch (MetainfoException documented) {
                require(documented.getMessage() != null);
            }
        }

        @Override
        public List<byte[]> examples() {
            return Stream.of("v1-single", "v1-folder", "v2-single", "v2-folder", "hybrid-single", "hybrid-folder")
                    .map(name -> Vectors.resource("/torrents/" + name + ".torrent"))
                    .toList();
        }
    },
    /** 32 bytes of digest, then the signature. */
    RECOVERY {
        @Override
        public void read(byte[] input) {
            Bytes bytes = Bytes.wrap(input);
            Bytes32 digest = Bytes32.rightPad(bytes.slice(0, Math.min(32, bytes.size())));
            Bytes signature = bytes.slice(Math.min(32, bytes.size()));
            if (Secp256k1.recover(digest, signature) instanceof Recovery.Signer) {
                require(signature.size() == Secp256k1.SIGNATURE_SIZE && signature.get(32) >= 0);
            }
        }

        @Override
        public List<byte[]> examples() {
            return Vectors.cases("receipts-typed.json", "cases").stream()
                    .map(vector -> Bytes.concatenate(
                                    Vectors.bytes(vector, "digest"), Vectors.bytes(vector, "signature"))
                            .toArray())
                    .toList();
        }
    },
    /** 33 bytes of key, 32 of digest, then the signature. */
    VERIFICATION {
        @Override
        public void read(byte[] input) {
            Bytes bytes = Bytes.wrap(input);
            Bytes key = bytes.slice(0, Math.min(33, bytes.size()));
            Bytes rest = bytes.slice(key.size());
            Bytes32 digest = Bytes32.rightPad(rest.slice(0, Math.min(32, rest.size())));
            Bytes signature = rest.slice(Math.min(32, rest.size()));
            Secp256k1PublicKey.parse(key).ifPresent(point -> {
                require(point.bytes().equals(key));
                require(!Secp256k1.verify(point, digest, signature) || signature.size() == Secp256k1.COMPACT_SIZE);
            });
        }

        @Override
        public List<byte[]> examples() {
            return Vectors.cases("receipts-session.json", "cases").stream()
                    .map(vector -> Bytes.concatenate(
                                    Vectors.bytes(vector, "session_key"),
                                    Vectors.bytes(vector.at("/pieces/0"), "digest"),
                                    Vectors.bytes(vector.at("/pieces/0"), "signature"))
                            .toArray())
                    .toList();
        }
    },
    BLS_SIGNATURE {
        @Override
        public void read(byte[] input) {
            BlsSignature.parse(Bytes.wrap(input))
                    .ifPresent(point -> require(point.bytes().equals(Bytes.wrap(input))));
        }

        @Override
        public List<byte[]> examples() {
            return bytes("receipts-aggregate.json", "cases", "aggregate_signature");
        }
    },
    BLS_KEY {
        @Override
        public void read(byte[] input) {
            BlsPublicKey.parse(Bytes.wrap(input))
                    .ifPresent(point -> require(point.bytes().equals(Bytes.wrap(input))));
        }

        @Override
        public List<byte[]> examples() {
            return bytes("receipts-session.json", "cases", "receiver");
        }
    },
    SIGN_IN_TEXT {
        @Override
        public void read(byte[] input) {
            String text = new String(input, UTF_8);
            try {
                require(SiweMessage.parse(text).text().equals(text));
            } catch (MalformedSiweMessage documented) {
                require(documented.getMessage() != null);
            }
        }

        @Override
        public List<byte[]> examples() {
            return Stream.of("messages", "refused")
                    .flatMap(field -> Vectors.cases("signin.json", field).stream())
                    .flatMap(vector -> vector.optional("text").stream())
                    .map(text -> text.asString().getBytes(UTF_8))
                    .toList();
        }
    },
    HEX {
        @Override
        public void read(byte[] input) {
            String text = new String(input, UTF_8);
            try {
                require(2 * Hex.decode(text).size() == text.length());
            } catch (IllegalArgumentException documented) {
                require(documented.getMessage() != null);
            }
        }

        @Override
        public List<byte[]> examples() {
            return Stream.of("00", "", "09be306d741df5cc84731d4025ef3267650f7960", "0xAB", "aBcD")
                    .map(text -> text.getBytes(UTF_8))
                    .toList();
        }
    };

    private static void require(boolean holds) {
        if (!holds) {
            throw new AssertionError("what was read is not what was sent");
        }
    }

    private static List<byte[]> bytes(String file, String list, String field) {
        return Vectors.cases(file, list).stream()
                .map(vector -> Vectors.bytes(vector, field).toArray())
                .toList();
    }
}
