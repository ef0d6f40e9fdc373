package io.lathe.product.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The extension is compiled against an older artefact of the kernel's API than the kernel that loads it, because only that
 * one is on Maven Central. So each call is looked up here in the kernel's own program.
 */
class KernelBinaryTest {

    private static final String KERNEL_CLASSES = "org/dflib/jjava/";

    @Test
    void everyKernelMemberTheExtensionUsesIsInTheKernel() throws IOException {
        Path kernel = Kernel.home().resolve(".build/python/share/jupyter/kernels/java/jjava.jar");
        assumeTrue(Files.isRegularFile(kernel), "The Java kernel is missing; ./lathe up installs " + kernel);
        Path extension = Kernel.home().resolve("kernel-extensions/target/kernel-extensions.jar");
        assumeTrue(Files.isRegularFile(extension), "The kernel extension is not built; mvn package makes " + extension);

        Set<String> used = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        try (var loader =
                new URLClassLoader(new URL[] {kernel.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            for (MemberRefEntry member : membersUsedBy(extension)) {
                String name = member.owner().asInternalName() + "." + member.name() + member.type();
                used.add(name);
                if (!exists(loader, member)) {
                    missing.add(name);
                }
            }
        }
        assertThat(used).hasSizeGreaterThan(10);
        assertThat(missing).isEmpty();
    }

    private static List<MemberRefEntry> membersUsedBy(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .map(entry -> {
                        try (var in = file.getInputStream(entry)) {
                            return ClassFile.of().parse(in.readAllBytes());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .flatMap(KernelBinaryTest::members)
                    .toList();
        }
    }

    private static Stream<MemberRefEntry> members(ClassModel type) {
        var members = Stream.<MemberRefEntry>builder();
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof MemberRefEntry member
                    && member.owner().asInternalName().startsWith(KERNEL_CLASSES)) {
                members.add(member);
            }
        }
        return members.build();
    }

    private static boolean exists(ClassLoader kernel, MemberRefEntry member) {
        String name = member.name().stringValue();
        String descriptor = member.type().stringValue();
        try {
            Class<?> owner = kernel.loadClass(member.owner().asInternalName().replace('/', '.'));
            if (member instanceof FieldRefEntry) {
                return owner.getField(name).getType().descriptorString().equals(descriptor);
            }
            if (name.equals("<init>")) {
                return Arrays.stream(owner.getConstructors())
                        .anyMatch(each -> parameters(each.getParameterTypes()).equals(before(descriptor)));
            }
            return Arrays.stream(owner.getMethods())
                    .filter(each -> each.getName().equals(name))
                    .anyMatch(each -> (parameters(each.getParameterTypes())
                                    + each.getReturnType().descriptorString())
                            .equals(descriptor));
        } catch (ClassNotFoundException | NoSuchFieldException e) {
            return false;
        }
    }

    private static String before(String descriptor) {
        return descriptor.substring(0, descriptor.indexOf(')') + 1);
    }

    private static String parameters(Class<?>... types) {
        var text = new StringBuilder("(");
        for (Class<?> type : types) {
            text.append(type.descriptorString());
        }
        return text.append(')').toString();
    }
}
