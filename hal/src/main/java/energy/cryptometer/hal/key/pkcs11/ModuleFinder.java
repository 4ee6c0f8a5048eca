package energy.cryptometer.hal.key.pkcs11;

import static energy.cryptometer.hal.key.KeyException.Reason.MODULE_MISSING;
import static energy.cryptometer.hal.key.pkcs11.Pkcs11Uri.refused;

import energy.cryptometer.hal.key.KeyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the module of a URI lies: `module-path`, or `module-name` in the folders Debian uses.
final class ModuleFinder {
    private ModuleFinder() {}

    static Path find(Pkcs11Uri uri) {
        if (uri.modulePath().isPresent()) {
            return uri.modulePath().get();
        }
        String name =
                uri.moduleName()
                        .orElseThrow(() -> refused("it names no module: add ?module-path=/..."));
        List<Path> folders = folders();
        for (Path folder : folders) {
            for (String file : List.of("lib" + name + ".so", name + ".so")) {
                if (Files.isRegularFile(folder.resolve(file))) {
                    return folder.resolve(file);
                }
            }
        }
        throw new KeyException(
                MODULE_MISSING,
                "PKCS#11 module '%s' is in none of %s: install it or give its module-path."
                        .formatted(name, folders));
    }

    private static List<Path> folders() {
        String machine =
                switch (System.getProperty("os.arch", "")) {
                    case "amd64" -> "x86_64";
                    case String arch -> arch;
                };
        Path multiarch = Path.of("/usr/lib", machine + "-linux-gnu");
        return List.of(
                multiarch.resolve("pkcs11"),
                multiarch,
                Path.of("/usr/lib/pkcs11"),
                Path.of("/usr/lib/softhsm"),
                Path.of("/usr/lib"),
                Path.of("/usr/local/lib"));
    }
}
