using System.Globalization;
using Abm.Privacy.Masking.Views;
using QuickStart.Output;

namespace QuickStart.Views;

/// <summary>Who was shown values in clear, of which class, and how many; never a value.</summary>
internal sealed class ClearViewAudit
{
    private readonly SortedDictionary<(string Viewer, string Roles, string DataClass), long> _views = [];

    /// <summary>Told before each value is shown; if this throws, it is not.</summary>
    public void Add(ClearView view)
    {
        var key = (view.Viewer ?? "nobody", string.Join(" + ", view.Roles), view.DataClass.Name);
        _views[key] = _views.GetValueOrDefault(key) + 1;
    }

    public long CountOf(string viewer) => _views.Where(view => view.Key.Viewer == viewer).Sum(view => view.Value);

    public async Task<(string Path, long Rows)> SaveAsync(OutputFolder folder, CancellationToken cancellationToken)
    {
        await using var file = await CsvOutput.CreateAsync(folder, "clear-views.csv", "viewer", "roles", "data_class", "values_seen_in_clear");
        foreach (var ((viewer, roles, dataClass), count) in _views)
        {
            await file.RowAsync(viewer, roles, dataClass, count.ToString(CultureInfo.InvariantCulture));
        }

        await file.CommitAsync(cancellationToken);
        return (file.Path, file.Rows);
    }
}
