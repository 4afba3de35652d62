namespace Abm.Privacy.Generators.Json;

internal enum JsonKind
{
    Object,
    Array,
    String,
    Number,
    Literal,
}
