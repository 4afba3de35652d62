using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Writes how a masked copy is made.</summary>
internal sealed class CopyWriter(MaskScope scope, CodeText code, MaskedType type)
{
    public void Write(string full)
    {
        code.Line("/// <inheritdoc/>");
        code.Open($"public override {full} Copy({full} value, {MaskWriter.Masker} masker, {MaskWriter.Path}? path)");
        if (type.Derived.Count > 0)
        {
            code.Open("switch (value)");
            foreach (var below in type.Derived)
            {
                var local = scope.Local();
                code.Line($"case {Names.Of(below.Type)} {local}: return {below.Reference}.Instance.Copy({local}, masker, path);");
            }

            code.Close();
            code.Line();
        }

        if (type.Construction is { } construction)
        {
            WriteConstruction(full, construction);
        }
        else
        {
            code.Line($"throw new global::System.NotSupportedException({Names.Literal($"No masking was generated for this type below {type.Key.Type.Name}. Declare it in the same assembly, not generic and accessible.")});");
        }

        code.Close();
        code.Line();
    }

    private void WriteConstruction(string full, Construction construction)
    {
        if (type.IsRecursive)
        {
            code.Line($"path = {MaskWriter.Path}.Enter(path, value);");
        }

        var arguments = string.Join(", ", construction.Arguments.Select(argument => $"{Names.Escape(argument.Parameter)}: {Of(argument.Member.Shape, argument.Member.Read)}"));
        code.Line($"var copy = new {full}({arguments})");
        code.Open();
        foreach (var member in construction.Initialized)
        {
            code.Line($"{Names.Escape(member.Name)} = {Of(member.Shape, member.Read)},");
        }

        code.Close(";");
        foreach (var member in construction.Filled)
        {
            var (source, target, entry) = (scope.Local(), scope.Local(), scope.Local());
            code.Open($"if ({Of(member.Shape, member.Read)} is {{ }} {source} && copy.{Names.Escape(member.Name)} is {{ }} {target})");
            code.Line($"{target}.Clear();");
            code.Open($"foreach (var {entry} in {source})");
            code.Line(member.Shape.Kind == ShapeKind.Dictionary ? $"{target}[{entry}.Key] = {entry}.Value;" : $"{target}.Add({entry});");
            code.Close();
            code.Close();
        }

        code.Line("return copy;");
    }

    /// <summary>The masked value of an expression that may be evaluated twice.</summary>
    private string Of(ValueShape shape, string value)
    {
        if (shape.IsTakenOver)
        {
            return value;
        }

        if (shape.IsErased && shape.Kind is not (ShapeKind.List or ShapeKind.Dictionary or ShapeKind.Protected))
        {
            return Nothing(shape);
        }

        var dataClass = scope.ClassOf(shape.DataClass);
        switch (shape.Kind)
        {
            case ShapeKind.Text:
                return $"masker.Mask({dataClass}, {value})";
            case ShapeKind.Scalar or ShapeKind.Worded when shape.NullableOf is not null:
                var some = scope.Local();
                return $"({value} is {{ }} {some} && {MaskWriter.Masking}IsShown(masker, {dataClass}, {Words(shape, some)}) ? {value} : null)";
            case ShapeKind.Scalar or ShapeKind.Worded:
                return $"({MaskWriter.Masking}IsShown(masker, {dataClass}, {Words(shape, value)}) ? {value} : {Nothing(shape)})";
            case ShapeKind.Protected:
                return $"{MaskWriter.Masking}Copy(masker, {dataClass}, {value}){Forgive(shape)}";
            case ShapeKind.Open:
                return $"{MaskWriter.Objects}OpenValue.Copy({value}, masker, {scope.ClassOf(shape.IsKept ? null : shape.DataClass)}, {(shape.IsKept ? "false" : "true")}, path)";
            case ShapeKind.Object:
                return Inner(shape, value, inner => $"{shape.Object!.Reference}.Instance.Copy({inner}, masker, path)");
            default:
                var helper = scope.Helper(shape, 'c', (text, name) => WriteHelper(text, name, shape));
                return Inner(shape, value, inner => $"{helper}({inner}, masker, path)");
        }
    }

    public static string Words(ValueShape shape, string value) => shape.Words is null ? value : string.Format(CultureInfo.InvariantCulture, shape.Words, value);

    private string Inner(ValueShape shape, string value, Func<string, string> call)
    {
        if (!shape.CanBeNull)
        {
            return call(value);
        }

        var some = scope.Local();
        return shape.NullableOf is not null
            ? $"({value} is {{ }} {some} ? {call(some)} : null)"
            : $"({value} is {{ }} {some} ? {call(some)} : null){Forgive(shape)}";
    }

    private static string Forgive(ValueShape shape) => shape.MayBeNull ? "" : "!";

    /// <summary>What stands for a value that is not shown.</summary>
    private static string Nothing(ValueShape shape)
    {
        if (shape.MayBeNull && shape.CanBeNull)
        {
            return "null";
        }

        return shape switch
        {
            { Kind: ShapeKind.Text } => "\"\"",
            { Kind: ShapeKind.Worded, Type: IArrayTypeSymbol } => "global::System.Array.Empty<byte>()",
            _ => $"default({Names.Of(shape.Type)}){(shape.Type.IsValueType ? "" : "!")}",
        };
    }

    private void WriteHelper(CodeText text, string name, ValueShape shape)
    {
        var full = Names.Of(shape.NullableOf ?? shape.Type);
        text.Open($"private static {full} {name}({full} source, {MaskWriter.Masker} masker, {MaskWriter.Path}? path)");
        if (full.StartsWith("global::System.Collections.Immutable.ImmutableArray<", StringComparison.Ordinal))
        {
            text.Open("if (source.IsDefault)");
            text.Line("return default;");
            text.Close();
            text.Line();
        }

        var element = shape.Element!;
        if (shape.Kind == ShapeKind.List)
        {
            var entry = element.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
            var keeps = KeepsComparer(element);
            text.Line($"var result = new {shape.Created ?? $"global::System.Collections.Generic.List<{entry}>"}({(keeps && IsSorted(shape) ? "source.Comparer" : "")});");
            if (!element.IsErased)
            {
                text.Open("foreach (var item in source)");
                text.Line($"result.Add({Of(element, "item")});");
                text.Close();
                text.Line();
            }

            text.Line($"return {string.Format(CultureInfo.InvariantCulture, shape.Made ?? "{0}", "result", entry, keeps ? ", source.Comparer" : "", keeps ? $", (source as global::System.Collections.Generic.HashSet<{entry}>)?.Comparer" : "")};");
        }
        else
        {
            WriteDictionary(text, shape, element);
        }

        text.Close();
    }

    /// <summary>Whether a comparer made for the clear values takes the masked ones: of an object's members some may be erased.</summary>
    private static bool KeepsComparer(ValueShape entry) => entry.Kind is ShapeKind.Text or ShapeKind.Scalar or ShapeKind.Worded;

    private static bool IsSorted(ValueShape shape) => shape.Created is { } created
        && (created.StartsWith("global::System.Collections.Generic.SortedSet<", StringComparison.Ordinal) || created.StartsWith("global::System.Collections.Generic.SortedDictionary<", StringComparison.Ordinal));

    private void WriteDictionary(CodeText text, ValueShape shape, ValueShape element)
    {
        var key = shape.Key!;
        var format = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);
        var entries = $"{key.Type.ToDisplayString(format)}, {element.Type.ToDisplayString(format)}";
        var comparer = !KeepsComparer(key) ? null
            : Names.Of(shape.NullableOf ?? shape.Type).StartsWith("global::System.Collections.Generic.Dictionary<", StringComparison.Ordinal) || IsSorted(shape) ? "source.Comparer"
            : shape.Made == "{0}" ? $"(source as global::System.Collections.Generic.Dictionary<{entries}>)?.Comparer"
            : null;
        text.Line($"var result = new {shape.Created ?? $"global::System.Collections.Generic.Dictionary<{entries}>"}({comparer});");

        // a key that is no text has no masked form: without its key an entry says nothing
        if (!element.IsErased && (key.IsKept || key.Kind == ShapeKind.Text))
        {
            if (!key.IsKept)
            {
                // no two masked keys may be one to the dictionary
                var equality = comparer is null ? "Ordinal" : "OrdinalIgnoreCase";
                text.Lines($"var taken = new global::System.Collections.Generic.HashSet<string>({(comparer is null || IsSorted(shape) ? $"global::System.StringComparer.{equality}" : "result.Comparer")});", "var number = 0;");
            }

            text.Open("foreach (var entry in source)");
            var masked = key.IsKept ? "entry.Key" : $"{MaskWriter.Masking}Key(masker, {scope.ClassOf(key.DataClass)}, entry.Key, ++number, taken)";
            text.Line($"result[{masked}] = {Of(element, "entry.Value")};");
            text.Close();
            text.Line();
        }

        text.Line($"return {string.Format(CultureInfo.InvariantCulture, shape.Made ?? "{0}", "result", entries)};");
    }
}
