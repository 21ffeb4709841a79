package org.torpeer.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules that hold over all modules together. */
final class TorPeerArchitectureTest {
    private static final List<BuiltModule> MODULES = BuiltModule.all();
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(MODULES.stream().map(BuiltModule::classes).toList());

    @Test
    @DisplayName("packages depend on each other in one direction only")
    void hasNoPackageCycles() {
        slices().matching("(org.torpeer..)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    @DisplayName("exported packages show types of the JDK and of TorPeer only")
    void showsNoForeignTypes() {
        classes()
                .that(describe("are public in an exported package", TorPeerArchitectureTest::isApi))
                .should(new ArchCondition<>("show only JDK and TorPeer types") {
                    @Override
                    public void check(JavaClass api, ConditionEvents events) {
                        foreign(api)
                                .forEach(type -> events.add(
                                        SimpleConditionEvent.violated(api, api.getName() + " shows " + type)));
                    }
                })
                .check(CLASSES);
    }

    @Test
    @DisplayName("internals stay inside their module, unless its descriptor lets another one in by name")
    void keepsInternalsInside() {
        classes()
                .should(new ArchCondition<>("use internals of their own module only") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        user.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass())
                                .filter(used -> used.getPackageName().startsWith("org.torpeer.")
                                        && used.getPackageName().contains(".internal"))
                                .filter(used -> !owner(used).equals(owner(user)))
                                .filter(used -> !isLetIn(user, used))
                                .forEach(used -> events.add(SimpleConditionEvent.violated(
                                        user, user.getName() + " uses " + used.getName())));
                    }
                })
                .check(CLASSES);
    }

    @Test
    @DisplayName("nobody names an implementation of a provider but its own module")
    void namesNoImplementation() {
        Set<String> implementations = new TreeSet<>();
        MODULES.forEach(module ->
                module.descriptor().provides().forEach(provided -> implementations.addAll(provided.providers())));
        classes()
                .should(new ArchCondition<>("look providers up by name") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        user.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass())
                                .filter(used -> implementations.contains(used.getName()))
                                .filter(used -> !owner(used).equals(owner(user)))
                                .forEach(used -> events.add(SimpleConditionEvent.violated(
                                        user, user.getName() + " names " + used.getName())));
                    }
                })
                .check(CLASSES);
    }

    @Test
    @DisplayName("of the transports' modules the program alone knows one class by name, the lab's")
    void knowsTransportsByNameOnly() {
        classes()
                .should(new ArchCondition<>("know no transport") {
                    @Override
                    public void check(JavaClass user, ConditionEvents events) {
                        boolean program = owner(user).equals(Optional.of("org.torpeer.cli"));
                        boolean simulator = owner(user).equals(Optional.of("org.torpeer.sim"));
                        user.getDirectDependenciesFromSelf().stream()
                                .map(dependency -> dependency.getTargetClass())
                                .filter(used -> used.getPackageName().startsWith("org.torpeer.transport."))
                                .filter(used -> !owner(used).equals(owner(user)))
                                .filter(used ->
                                        !(program && used.getSimpleName().startsWith("TorLab")))
                                .filter(used -> !(simulator
                                        && used.getPackageName().startsWith("org.torpeer.transport.loopback")))
                                .forEach(used -> events.add(SimpleConditionEvent.violated(
                                        user, user.getName() + " names " + used.getName())));
                    }
                })
                .check(CLASSES);
    }

    private static boolean isApi(JavaClass type) {
        return isShown(type)
                && MODULES.stream()
                        .flatMap(module -> module.descriptor().exports().stream())
                        .anyMatch(exported ->
                                !exported.isQualified() && exported.source().equals(type.getPackageName()));
    }

    private static boolean isLetIn(JavaClass user, JavaClass used) {
        return MODULES.stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .filter(exported ->
                        exported.source().equals(used.getBaseComponentType().getPackageName()))
                .anyMatch(exported ->
                        owner(user).filter(exported.targets()::contains).isPresent());
    }

    private static boolean isShown(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass()
                        .map(TorPeerArchitectureTest::isShown)
                        .orElse(true);
    }

    private static Set<String> foreign(JavaClass api) {
        List<JavaClass> shown = new ArrayList<>(api.getRawInterfaces());
        api.getRawSuperclass().ifPresent(shown::add);
        for (JavaField field : api.getFields()) {
            if (isVisible(field.getModifiers())) {
                shown.addAll(field.getType().getAllInvolvedRawTypes());
            }
        }
        for (JavaCodeUnit code : api.getCodeUnits()) {
            if (isVisible(code.getModifiers())) {
                shown.addAll(code.getReturnType().getAllInvolvedRawTypes());
                code.getParameterTypes().forEach(type -> shown.addAll(type.getAllInvolvedRawTypes()));
                shown.addAll(code.getExceptionTypes());
            }
        }
        Set<String> foreign = new TreeSet<>();
        shown.stream()
                .map(JavaClass::getBaseComponentType)
                .filter(type -> !type.isPrimitive())
                .map(JavaClass::getName)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("javax.net.") && !isOurs(api, name))
                .forEach(foreign::add);
        return foreign;
    }

    /** The testkit's own subject is tests, so it shows those of JUnit. */
    private static boolean isOurs(JavaClass api, String name) {
        return (name.startsWith("org.torpeer.") && !name.contains(".internal."))
                || (api.getPackageName().startsWith("org.torpeer.testkit") && name.startsWith("org.junit."));
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }

    private static Optional<String> owner(JavaClass type) {
        return MODULES.stream()
                .map(module -> module.descriptor().name())
                .filter(name -> type.getPackageName().equals(name)
                        || type.getPackageName().startsWith(name + "."))
                // A module may be named below another one.
                .max(Comparator.comparingInt(String::length));
    }
}
