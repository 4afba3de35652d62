using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Abm.Privacy.Keys;

/// <summary>Where the root key file is and what opens it.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class RootKeyFileOptions
{
    /// <summary>The path of the PKCS#12 file.</summary>
    /// <value>The default is null: no root key file.</value>
    public string? Path { get; set; }

    /// <summary>The password, at least 12 characters. Give this or <see cref="PasswordFile"/>.</summary>
    /// <value>The default is null.</value>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? Password { get; set; }

    /// <summary>
    /// A file whose first line is the password, as orchestrators mount secrets. Give this or <see cref="Password"/>.
    /// </summary>
    /// <value>The default is null.</value>
    public string? PasswordFile { get; set; }

    /// <summary>
    /// Whether a missing file is made on first use. Refused when the key stores hold keys already: a missing mount must
    /// never become a new root.
    /// </summary>
    /// <value>The default is false: a missing file is an error.</value>
    public bool CreateIfMissing { get; set; }

    /// <summary>The path alone; a password is never shown.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"root key file '{Path}'";
}
