import energy.cryptometer.command.Programs;
import energy.cryptometer.command.Terminal;
import picocli.AutoComplete;

/// `java -cp JARS Completion.java MAIN NAME`: prints what bash and zsh complete for a program.
final class Completion {
    public static void main(String[] arguments) throws Exception {
        var constructor = Class.forName(arguments[0]).getDeclaredConstructor();
        constructor.setAccessible(true);
        var command = Programs.prepared(constructor.newInstance(), Terminal.ofProcess());
        System.out.print(AutoComplete.bash(arguments[1], command));
    }
}
