using Microsoft.CodeAnalysis;

namespace Abm.Privacy.Generators.Masking;

/// <summary>Writes how an object becomes masked JSON.</summary>
internal sealed class JsonFormWriter(MaskScope scope, CodeText code, MaskedType type)
{
    public void Write(string full)
    {
        code.Line("/// <inheritdoc/>");
        code.Open($"public override void Write({MaskWriter.JsonWriter} writer, {full} value, {MaskWriter.Masker} masker, {MaskWriter.Path}? path)");
        foreach (var below in type.Derived)
        {
            var local = scope.Local();
            code.Open($"if (value is {Names.Of(below.Type)} {local})");
            code.Lines($"{below.Reference}.Instance.Write(writer, {local}, masker, path);", "return;");
            code.Close();
            code.Line();
        }

        if (type.Construction is null)
        {
            code.Line($"throw new global::System.NotSupportedException({Names.Literal($"No masking was generated for this type below {type.Key.Type.Name}. Declare it in the same assembly, not generic and accessible.")});");
        }
        else
        {
            WriteMembers();
        }

        code.Close();
        code.Line();
    }

    private void WriteMembers()
    {
        if (type.IsRecursive)
        {
            code.Line($"path = {MaskWriter.Path}.Enter(path, value);");
        }

        code.Line("writer.WriteStartObject();");
        foreach (var member in type.Members.Where(member => member.Json is not null).OrderBy(member => member.Json!.Order))
        {
            var leaves = member.Json!.LeftOut;
            if (leaves == JsonMember.Leaves.Null && !member.Shape.CanBeNull)
            {
                leaves = JsonMember.Leaves.Never;
            }

            if (leaves != JsonMember.Leaves.Never && member.Shape.IsErased)
            {
                continue; // an erased value is null
            }

            if (leaves != JsonMember.Leaves.Never)
            {
                code.Open(member.Shape.CanBeNull
                    ? $"if ({member.Read} is not null)"
                    : $"if (!global::System.Collections.Generic.EqualityComparer<{Names.Of(member.Shape.Type)}>.Default.Equals({member.Read}, default))");
            }

            code.Line($"writer.WritePropertyName({Names.Literal(member.Json.Name)});");
            Value(code, member.Shape, member.Read);
            if (leaves != JsonMember.Leaves.Never)
            {
                code.Close();
            }
        }

        code.Line("writer.WriteEndObject();");
    }

    private void Value(CodeText text, ValueShape shape, string value)
    {
        if (shape.IsErased || (shape.Kind == ShapeKind.Opaque && shape.IsKept))
        {
            text.Line("writer.WriteNullValue();");
            return;
        }

        var dataClass = scope.ClassOf(shape.IsKept ? null : shape.DataClass);
        if (shape.Kind == ShapeKind.Open)
        {
            text.Line($"{MaskWriter.Objects}OpenValue.Write(writer, {value}, masker, {dataClass}, {(shape.IsKept ? "false" : "true")}, path);");
            return;
        }

        if (shape is { Kind: ShapeKind.Text, IsKept: false })
        {
            text.Line($"{MaskWriter.Masking}Write(writer, masker, {dataClass}, {value});");
            return;
        }

        if (!shape.CanBeNull)
        {
            Some(text, shape, value, dataClass);
            return;
        }

        var some = scope.Local();
        text.Open($"if ({value} is {{ }} {some})");
        Some(text, shape, some, dataClass);
        text.Close();
        text.Open("else");
        text.Line(shape.IsKept || shape.Kind is ShapeKind.Object or ShapeKind.List or ShapeKind.Dictionary
            ? "writer.WriteNullValue();"
            : $"{MaskWriter.Masking}Write(writer, masker, {dataClass}, (string?)null);");
        text.Close();
    }

    /// <summary>Writes a value that is not null.</summary>
    private void Some(CodeText text, ValueShape shape, string value, string dataClass)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Object:
                text.Line($"{shape.Object!.Reference}.Instance.Write(writer, {value}, masker, path);");
                break;
            case ShapeKind.List or ShapeKind.Dictionary:
                text.Line($"{scope.Helper(shape, 'j', (inner, name) => WriteHelper(inner, name, shape))}(writer, {value}, masker, path);");
                break;
            case ShapeKind.Protected:
                text.Open($"if ({value}.State == global::Abm.Privacy.Classification.ProtectedState.Sealed)");
                text.Line($"writer.WriteStringValue({value}.ToString());");
                text.Close();
                text.Open("else");
                text.Line(shape.IsKept ? $"writer.WriteStringValue({value}.ToString());" : $"{MaskWriter.Masking}Write(writer, masker, {dataClass}, {MaskWriter.Masking}Text({value}));");
                text.Close();
                break;
            default:
                text.Line(shape.IsKept ? Clear(shape, value) : $"{MaskWriter.Masking}Write(writer, masker, {dataClass}, {CopyWriter.Words(shape, value)});");
                break;
        }
    }

    private static string Clear(ValueShape shape, string value)
    {
        var type = shape.NullableOf ?? shape.Type;
        return type.SpecialType switch
        {
            SpecialType.System_String => $"writer.WriteStringValue({value});",
            SpecialType.System_Boolean => $"writer.WriteBooleanValue({value});",
            SpecialType.System_DateTime => $"writer.WriteStringValue({value});",
            >= SpecialType.System_SByte and <= SpecialType.System_Double => $"writer.WriteNumberValue({value});",
            _ when type is INamedTypeSymbol { EnumUnderlyingType.SpecialType: var number } => $"writer.WriteNumberValue(({(number == SpecialType.System_UInt64 ? "ulong" : "long")}){value});",
            _ when type.ToDisplayString() is "System.Guid" or "System.DateTimeOffset" => $"writer.WriteStringValue({value});",
            _ when shape.Kind == ShapeKind.Scalar => $"{MaskWriter.Masking}WriteClear(writer, {value});",
            _ => $"writer.WriteStringValue({CopyWriter.Words(shape, value)});",
        };
    }

    private void WriteHelper(CodeText text, string name, ValueShape shape)
    {
        var full = Names.Of(shape.NullableOf ?? shape.Type);
        text.Open($"private static void {name}({MaskWriter.JsonWriter} writer, {full} source, {MaskWriter.Masker} masker, {MaskWriter.Path}? path)");
        if (full.StartsWith("global::System.Collections.Immutable.ImmutableArray<", StringComparison.Ordinal))
        {
            text.Open("if (source.IsDefault)");
            text.Lines("writer.WriteNullValue();", "return;");
            text.Close();
            text.Line();
        }

        if (shape.Kind == ShapeKind.List)
        {
            text.Line("writer.WriteStartArray();");
            text.Open("foreach (var item in source)");
            Value(text, shape.Element!, "item");
            text.Close();
            text.Line();
            text.Line("writer.WriteEndArray();");
        }
        else
        {
            var key = shape.Key!;
            var isText = key.Kind is ShapeKind.Text or ShapeKind.Scalar or ShapeKind.Worded && key.NullableOf is null;
            var words = key.Kind switch
            {
                ShapeKind.Text => "entry.Key",
                ShapeKind.Scalar => $"{MaskWriter.Masking}Text(entry.Key)",
                ShapeKind.Worded => CopyWriter.Words(key, "entry.Key"),
                _ => "null",
            };
            if (!(key.IsKept && isText))
            {
                text.Lines("var taken = new global::System.Collections.Generic.HashSet<string>(global::System.StringComparer.Ordinal);", "var number = 0;");
            }

            text.Line("writer.WriteStartObject();");
            text.Open("foreach (var entry in source)");
            text.Line(key.IsKept && isText
                ? $"writer.WritePropertyName({words} ?? \"\");"
                : $"writer.WritePropertyName({MaskWriter.Masking}Key(masker, {scope.ClassOf(key.IsKept || !isText ? null : key.DataClass)}, {words}, ++number, taken));");
            Value(text, shape.Element!, "entry.Value");
            text.Close();
            text.Line();
            text.Line("writer.WriteEndObject();");
        }

        text.Close();
    }
}
