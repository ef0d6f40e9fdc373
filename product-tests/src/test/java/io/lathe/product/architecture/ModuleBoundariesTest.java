package io.lathe.product.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** "Who may know whom" of ARCHITECTURE.md. */
class ModuleBoundariesTest {
    private static final Map<String, List<String>> MAY_KNOW = Map.of(
            "datasets", List.of(),
            "tables", List.of("datasets"),
            "models", List.of("datasets"),
            "kernel", List.of("datasets", "tables", "models"),
            "web", List.of(),
            "workbench", List.of("datasets", "models", "web"),
            "serving", List.of("datasets", "models", "web"),
            "launcher", List.of());

    /** The composition roots, and the packages of routes and what they share. */
    private static final String[] ROUTES = {
        "io.lathe.workbench",
        "io.lathe.workbench.api..",
        "io.lathe.workbench.page..",
        "io.lathe.workbench.web..",
        "io.lathe.serving",
        "io.lathe.serving.http.."
    };

    @TestFactory
    List<DynamicTest> aModuleKnowsOnlyTheModulesItMayKnow() {
        var tests = new ArrayList<DynamicTest>();
        MAY_KNOW.forEach((module, allowed) -> MAY_KNOW.keySet().stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .forEach(other -> tests.add(DynamicTest.dynamicTest(module + " does not know " + other, () -> {
                    ArchRule rule = noClasses().that(in(module)).should().dependOnClassesThat(in(other));
                    rule.check(ProductClasses.ALL);
                }))));
        return tests;
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String module : MAY_KNOW.keySet()) {
            assertThat(ProductClasses.ALL.that(in(module))).as(module).isNotEmpty();
        }
    }

    @Test
    void datasetsKnowsNoTableLibraryAndNoWebServer() {
        noClasses()
                .that(in("datasets"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "tech.tablesaw..", "org.duckdb..", "org.apache.parquet..", "org.tribuo..", "io.javalin..")
                .check(ProductClasses.ALL);
    }

    @Test
    void nothingBelowTheRoutesKnowsJavalin() {
        classes()
                .that()
                .resideInAPackage("io.lathe..")
                .and()
                .haveNameNotMatching(".*Routes(\\$.*)?")
                .and()
                .resideOutsideOfPackages(ROUTES)
                .should()
                .onlyDependOnClassesThat(outside("io.javalin"))
                .check(ProductClasses.ALL);
    }

    @Test
    void setUpRunsBeforeAnythingIsBuiltSoItKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.lathe.launcher.setup..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.lathe.launcher.setup..",
                        "java..",
                        "javax.xml..",
                        "org.w3c.dom..",
                        "org.xml.sax..",
                        "org.jspecify..")
                .check(ProductClasses.ALL);
    }

    private static DescribedPredicate<JavaClass> in(String module) {
        return DescribedPredicate.describe(
                "in module " + module, type -> moduleOf(type).equals(module));
    }

    private static String moduleOf(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith("io.lathe.")) {
            return "";
        }
        if (name.startsWith("io.lathe.datasets.tables")) {
            return "tables";
        }
        String[] parts = name.split("\\.", 4);
        return parts[2];
    }

    private static DescribedPredicate<JavaClass> outside(String prefix) {
        return DescribedPredicate.describe(
                "outside " + prefix, type -> !type.getPackageName().startsWith(prefix));
    }
}
