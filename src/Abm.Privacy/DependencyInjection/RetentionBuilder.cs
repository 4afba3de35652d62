using System.ComponentModel;
using Abm.Privacy.Retention;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sets up retention; see <c>AddRetention</c>.</summary>
public sealed class RetentionBuilder
{
    private readonly string _name;

    internal RetentionBuilder(IServiceCollection services, string name) => (Services, _name) = (services, name);

    /// <summary>The services that are registered into; for packages that extend this builder.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }

    /// <summary>Takes the schedule from a JSON file, which is read and checked at start.</summary>
    /// <param name="path">The file; a relative path is looked for in the current directory, then beside the application. A second, different file is a fault.</param>
    /// <returns>This builder.</returns>
    public RetentionBuilder UseScheduleFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.AddOptions<RetentionOptions>(_name).Configure(options =>
        {
            options.IsAmbiguous |= options.ScheduleFile is { } other && other != path;
            options.ScheduleFile = path;
        });
        return this;
    }

    /// <summary>Takes a schedule that was made in code.</summary>
    /// <param name="schedule">The schedule. A second, different one is a fault.</param>
    /// <returns>This builder.</returns>
    public RetentionBuilder UseSchedule(RetentionSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        Services.AddOptions<RetentionOptions>(_name).Configure(options =>
        {
            options.IsAmbiguous |= options.Schedule is { } other && other.Digest != schedule.Digest;
            options.Schedule = schedule;
        });
        return this;
    }
}
