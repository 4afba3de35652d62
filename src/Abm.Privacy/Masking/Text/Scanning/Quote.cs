namespace Abm.Privacy.Masking.Text.Scanning;

/// <summary>A quote by its last unit and by how often it is escaped. The default value is none.</summary>
internal readonly record struct Quote(int Unit, int Depth)
{
    public bool IsNone => Unit == 0;
}
