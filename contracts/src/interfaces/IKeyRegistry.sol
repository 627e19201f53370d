// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The key registry: which key speaks for an account
/// @notice After the paper, whose contract keeps a user's public key so that every other tracker, and peers without any
/// tracker, can tell who signs. A key is 48 bytes of a compressed BLS12-381 public key or 20 of an address. An account's
/// keys are numbered. Number 0 is the first key: the account id is its keccak256, so it proves itself and everyone may
/// publish it. Each later key is in force because the owner says so, who has checked off chain that its holder has it
/// (a BLS proof is not verified here); its number and event stay, so that nobody is replaced unseen.
/// As with amounts, reads see one hop and the first write copies: what is held here no longer follows the referrer.
interface IKeyRegistry {
    /// @notice The first key of an account is readable here.
    event KeyPublished(bytes32 indexed accountId, bytes key);

    /// @notice An account has another current key.
    event KeyRotated(bytes32 indexed accountId, bytes32 indexed keyHash, uint64 number, bytes key);

    /// @notice The current key of an account, which is not its first, was copied from the referrer.
    event KeyImported(bytes32 indexed accountId, address indexed referrer, uint64 number, bytes key);

    /// @notice Neither 20 address bytes nor 48 bytes of a compressed BLS12-381 public key. Bytes that start with
    /// "pbts:name" are no address: their hash is the id of a name that `addUser` made.
    error InvalidKey(bytes key);

    /// @notice The key belongs to another account, here or in the referrer.
    error KeyTaken(bytes32 keyHash, bytes32 holder);

    /// @notice The next key of the account has another number, and the given number is not this key's.
    error WrongKeyNumber(bytes32 accountId, uint64 expected, uint64 given);

    /// @notice Publishes the first keys of accounts known here or in the referrer (`UnknownAccount`); the ids prove
    /// them. Open to everyone, at most `MAX_BATCH`. A key that is published here already is skipped, and publishing
    /// never puts a first key back in force over a later one.
    function publishKeys(bytes[] calldata keys) external;

    /// @notice Puts an account's next key in force, which from now on leads to it. Owner only. The id stays and earlier
    /// keys keep leading to it, so none of them can become another account's. Does nothing when the key has that number
    /// already, so that a repeated transaction cannot undo a later rotation.
    /// @param number `keyNumberOf(accountId) + 1`
    /// @param key one that leads to no other account, otherwise `KeyTaken`; an earlier key of this account may return
    function rotateKey(bytes32 accountId, uint64 number, bytes calldata key) external;

    /// @notice The key in force, from here or else from the referrer; empty when none is published.
    function keyOf(bytes32 accountId) external view returns (bytes memory);

    /// @notice The number of the key in force, from here or else from the referrer; 0 for the first key.
    function keyNumberOf(bytes32 accountId) external view returns (uint64);

    /// @notice One of an account's keys, from here or else from the referrer; empty above `keyNumberOf`, and when
    /// neither of the two ledgers holds it. `keyAt(accountId, 0)` is the first key.
    function keyAt(bytes32 accountId, uint64 number) external view returns (bytes memory);

    /// @notice The account that a key leads to, here or else in the referrer: one whose key it became, or else its
    /// keccak256, whether or not such an account exists.
    function accountIdOfKey(bytes calldata key) external view returns (bytes32);
}
