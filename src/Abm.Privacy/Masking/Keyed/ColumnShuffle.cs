namespace Abm.Privacy.Masking.Keyed;

/// <summary>
/// Exchanges the values of a column among its rows, by a permutation that depends on the key, the field and the number of rows alone. It
/// needs the whole column, so it is no <see cref="IMask"/>.
/// </summary>
/// <remarks>
/// Every value of the column is still there: shuffle only what names nobody by itself, such as a salary, and never a name. Distribution, sum and mean stay
/// true to the last digit; what goes together in a row does not.
/// </remarks>
public sealed class ColumnShuffle
{
    private readonly KeyedHash _hash;

    /// <summary>Creates a shuffle.</summary>
    /// <param name="key">The key; the shuffle works until it is disposed.</param>
    /// <param name="field">What is shuffled, such as <c>salary</c>; 1 to 128 bytes of UTF-8. Two columns of one field and length are shuffled alike, and so stay together.</param>
    /// <param name="leavesNoneInPlace">
    /// Whether every row gets the value of another row. The default is yes, which is one large cycle drawn evenly among all (Sattolo); else any permutation is as
    /// likely as any other (Fisher and Yates), and about one row of the whole column keeps its own.
    /// </param>
    /// <exception cref="ArgumentException">The field is not valid.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public ColumnShuffle(MaskingKey key, string field, bool leavesNoneInPlace = true)
    {
        LeavesNoneInPlace = leavesNoneInPlace;
        _hash = new KeyedHash(key, "shuffle", leavesNoneInPlace ? "v1:cycle" : "v1:any", field);
    }

    /// <summary>Whether every row gets the value of another row. Rows may still hold equal values.</summary>
    public bool LeavesNoneInPlace { get; }

    /// <summary>Shuffles a column in place.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="column">The column in an order that does not depend on the run, such as that of the primary key.</param>
    /// <param name="erased">What a column of a single row gets, which has nobody to exchange with.</param>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public void Shuffle<T>(Span<T> column, T erased)
    {
        _hash.ThrowIfDisposed();
        if (column.Length == 1)
        {
            column[0] = erased;
            return;
        }

        var random = new KeyedRandom(_hash, column.Length, stackalloc byte[KeyedHash.Size]);
        for (var i = column.Length - 1; i > 0; i--)
        {
            var other = random.Below(LeavesNoneInPlace ? i : i + 1);
            (column[i], column[other]) = (column[other], column[i]);
        }
    }

    /// <summary>Gives the permutation alone, for columns that are read and written row by row.</summary>
    /// <param name="count">The number of rows.</param>
    /// <returns>
    /// For each row the row whose value it gets. A single row gets -1, which stands for no value: it has nobody to exchange with.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public int[] GetSources(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var sources = new int[count];
        for (var i = 0; i < count; i++)
        {
            sources[i] = i;
        }

        Shuffle(sources.AsSpan(), -1);
        return sources;
    }
}
