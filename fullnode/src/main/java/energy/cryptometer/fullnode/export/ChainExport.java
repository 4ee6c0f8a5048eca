package energy.cryptometer.fullnode.export;

import energy.cryptometer.command.CommandFailure;
import energy.cryptometer.command.ExitCode;
import energy.cryptometer.command.Progress;
import energy.cryptometer.fullnode.chain.BlockRows;
import energy.cryptometer.fullnode.chain.StoredHeader;
import energy.cryptometer.ledger.unit.Height;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes a chain into a folder, to be verified without any node:
///
/// ```text
/// DIR/genesis.cbor             the genesis as its authority signed it (COSE_Sign1)
/// DIR/headers.cbor             all signed headers, ascending (CBOR sequence, RFC 8742)
/// DIR/blocks/0000000001.cbor   one whole block each, named by its height, ten digits
/// ```
///
/// The node may run meanwhile: what is approved later is not in the copy.
public final class ChainExport {
    private final BlockRows rows;
    private final Path folder;

    public ChainExport(BlockRows rows, Path folder) {
        this.rows = rows;
        this.folder = folder;
    }

    /// What was written.
    ///
    /// @param bytes of all files
    public record Summary(Height head, long bytes) {}

    /// The height up to which [#write] would copy now.
    public Height head() {
        return rows.head();
    }

    /// Copies everything up to a height.
    ///
    /// @throws CommandFailure CANT_CREATE if the folder holds something already; IO or DATA if a
    ///   file cannot be written or a block is missing
    public Summary write(Height head, Progress progress) {
        try {
            requireEmpty();
            Files.createDirectories(folder.resolve("blocks"));
            byte[] genesis = rows.signedGenesis();
            Files.write(folder.resolve("genesis.cbor"), genesis, StandardOpenOption.CREATE_NEW);
            return new Summary(head, genesis.length + writeBlocks(head, progress));
        } catch (IOException problem) {
            throw CommandFailure.of("cannot write the export to " + folder, problem);
        }
    }

    private void requireEmpty() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw new CommandFailure(
                        ExitCode.CANT_CREATE,
                        "folder %s is not empty: give an empty or a new one".formatted(folder));
            }
        }
    }

    private long writeBlocks(Height head, Progress progress) throws IOException {
        long bytes = 0;
        try (OutputStream headers =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                folder.resolve("headers.cbor"), StandardOpenOption.CREATE_NEW))) {
            for (long height = 1; height <= head.value(); height++) {
                StoredHeader header = header(new Height(height));
                byte[] wire = header.wire();
                headers.write(wire);
                byte[] block = header.wireWith(body(header.height()));
                Files.write(
                        folder.resolve("blocks").resolve("%010d.cbor".formatted(height)),
                        block,
                        StandardOpenOption.CREATE_NEW);
                bytes += wire.length + block.length;
                progress.reached(height);
            }
        }
        return bytes;
    }

    private StoredHeader header(Height height) {
        return rows.header(height).orElseThrow(() -> missing(height));
    }

    private byte[] body(Height height) {
        return rows.body(height).orElseThrow(() -> missing(height));
    }

    private static CommandFailure missing(Height height) {
        return new CommandFailure(
                ExitCode.DATA, "the store holds no block of %s: it is damaged".formatted(height));
    }
}
