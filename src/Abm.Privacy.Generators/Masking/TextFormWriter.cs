namespace Abm.Privacy.Generators.Masking;

/// <summary>Writes how an object becomes masked text.</summary>
internal sealed class TextFormWriter(MaskScope scope, CodeText code, MaskedType type)
{
    private const string Writer = MaskWriter.Objects + "MaskedTextWriter";

    public void Write(string full)
    {
        code.Line("/// <inheritdoc/>");
        code.Open($"public override void Format(ref {Writer} writer, {full} value, {MaskWriter.Masker} masker, {MaskWriter.Path}? path)");
        foreach (var below in type.Derived)
        {
            var local = scope.Local();
            code.Open($"if (value is {Names.Of(below.Type)} {local})");
            code.Lines($"{below.Reference}.Instance.Format(ref writer, {local}, masker, path);", "return;");
            code.Close();
            code.Line();
        }

        if (type.Construction is null)
        {
            code.Line("writer.Hidden();");
            code.Close();
            return;
        }

        if (type.IsRecursive)
        {
            var deeper = scope.Local();
            code.Open($"if ({MaskWriter.Path}.TryEnter(path, value) is not {{ }} {deeper})");
            code.Lines("writer.Hidden();", "return;");
            code.Close();
            code.Line();
            code.Line($"path = {deeper};");
        }

        code.Line($"writer.BeginObject({Names.Literal(type.Key.Type.Name)});");
        foreach (var member in type.Members.Where(member => member.IsFormatted))
        {
            code.Line($"writer.Member({Names.Literal(member.Name)});");
            Value(code, member.Shape, member.Read);
        }

        code.Line("writer.EndObject();");
        code.Close();
    }

    private void Value(CodeText text, ValueShape shape, string value)
    {
        if (shape.IsErased || (shape.Kind == ShapeKind.Opaque && shape.IsKept))
        {
            text.Line("writer.Hidden();");
            return;
        }

        var dataClass = scope.ClassOf(shape.IsKept ? null : shape.DataClass);
        if (shape.Kind == ShapeKind.Open)
        {
            text.Line($"{MaskWriter.Objects}OpenValue.Format(ref writer, {value}, masker, {dataClass}, {(shape.IsKept ? "false" : "true")}, path);");
        }
        else if (shape.Kind == ShapeKind.Text)
        {
            text.Line(shape.IsKept ? $"writer.Clear({value});" : $"writer.Masked(masker, {dataClass}, {value});");
        }
        else if (!shape.CanBeNull)
        {
            Some(text, shape, value, dataClass);
        }
        else
        {
            var some = scope.Local();
            text.Open($"if ({value} is {{ }} {some})");
            Some(text, shape, some, dataClass);
            text.Close();
            if (!shape.IsKept && shape.Kind is not (ShapeKind.Object or ShapeKind.List or ShapeKind.Dictionary))
            {
                text.Open("else");
                text.Line($"writer.Masked(masker, {dataClass}, (string?)null);");
                text.Close();
            }
        }
    }

    /// <summary>Writes a value that is not null.</summary>
    private void Some(CodeText text, ValueShape shape, string value, string dataClass)
    {
        switch (shape.Kind)
        {
            case ShapeKind.Object:
                text.Line($"{shape.Object!.Reference}.Instance.Format(ref writer, {value}, masker, path);");
                break;
            case ShapeKind.List or ShapeKind.Dictionary:
                text.Line($"{scope.Helper(shape, 'f', (inner, name) => WriteHelper(inner, name, shape))}(ref writer, {value}, masker, path);");
                break;
            case ShapeKind.Protected:
                text.Open($"if ({value}.State == global::Abm.Privacy.Classification.ProtectedState.Sealed)");
                text.Line($"writer.Clear({value}.ToString());");
                text.Close();
                text.Open("else");
                text.Line(shape.IsKept ? $"writer.Clear({value}.ToString());" : $"writer.Masked(masker, {dataClass}, {MaskWriter.Masking}Text({value}));");
                text.Close();
                break;
            default:
                var words = CopyWriter.Words(shape, value);
                text.Line(shape.IsKept ? $"writer.Clear({words});" : $"writer.Masked(masker, {dataClass}, {words});");
                break;
        }
    }

    private void WriteHelper(CodeText text, string name, ValueShape shape)
    {
        var full = Names.Of(shape.NullableOf ?? shape.Type);
        text.Open($"private static void {name}(ref {Writer} writer, {full} source, {MaskWriter.Masker} masker, {MaskWriter.Path}? path)");
        text.Line("writer.BeginList();");
        var isImmutableArray = full.StartsWith("global::System.Collections.Immutable.ImmutableArray<", StringComparison.Ordinal);
        if (isImmutableArray)
        {
            text.Open("if (!source.IsDefault)");
        }

        text.Open($"foreach (var item in source)");
        text.Line("writer.Item();");

        // keys are left out: a list of the values says enough
        Value(text, shape.Element!, shape.Kind == ShapeKind.Dictionary ? "item.Value" : "item");
        text.Close();
        if (isImmutableArray)
        {
            text.Close();
        }

        text.Line("writer.EndList();");
        text.Close();
    }
}
