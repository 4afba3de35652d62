using System.Text;
using Abm.Privacy.Classification;
using Abm.Privacy.Retention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Tests.Retention;

public sealed class RetentionRegistrationTests : IDisposable
{
    private const string Valid = """{"schema":"abm-privacy-retention/1","id":"NAME","version":"1","rules":[{"id":"a","authority":"x","classes":["contact"],"kind":"keep-forever"}]}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("retention");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_schedule_file_is_used()
    {
        using var provider = Services(privacy => privacy.AddRetention(retention => retention.UseScheduleFile(ScheduleFile("one"))));

        Assert.Equal("one", provider.GetRequiredService<IRetentionEvaluator>().Schedule.Id);
        Assert.Same(provider.GetRequiredService<IRetentionEvaluator>(), provider.GetRequiredService<IRetentionEvaluator>());
    }

    [Fact]
    public void A_schedule_made_in_code_is_used()
    {
        var schedule = Schedule("code");
        using var provider = Services(privacy => privacy.AddRetention(retention => retention.UseSchedule(schedule)));

        Assert.Same(schedule, provider.GetRequiredService<IRetentionEvaluator>().Schedule);
    }

    [Fact]
    public void Named_evaluators_do_not_overwrite_each_other()
    {
        using var provider = Services(privacy => privacy
            .AddRetention(retention => retention.UseScheduleFile(ScheduleFile("default")))
            .AddRetention("eu", retention => retention.UseScheduleFile(ScheduleFile("eu")))
            .AddRetention("us", Configuration(ScheduleFile("us"))));

        Assert.Equal("default", provider.GetRequiredService<IRetentionEvaluator>().Schedule.Id);
        Assert.Equal("eu", provider.GetRequiredKeyedService<IRetentionEvaluator>("eu").Schedule.Id);
        Assert.Equal("us", provider.GetRequiredKeyedService<IRetentionEvaluator>("us").Schedule.Id);
    }

    [Fact]
    public void Configuration_names_the_file()
    {
        using var provider = Services(privacy => privacy.AddRetention(Configuration(ScheduleFile("bound"))));

        Assert.Equal("bound", provider.GetRequiredService<IRetentionEvaluator>().Schedule.Id);
    }

    [Fact]
    public void Adding_twice_registers_nothing_twice()
    {
        var services = new ServiceCollection();
        services.AddAbmPrivacy(privacy => privacy.AddRetention().AddRetention(retention => retention.UseScheduleFile(ScheduleFile("one"))).AddRetention("eu").AddRetention("eu"));

        Assert.Equal(2, services.Count(service => service.ServiceType == typeof(IRetentionEvaluator)));
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<RetentionOptions>));
    }

    [Fact]
    public void A_missing_schedule_is_reported_on_first_resolve()
    {
        using var provider = Services(privacy => privacy.AddRetention());

        var error = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IRetentionEvaluator>);
        Assert.Contains("UseScheduleFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_schedules_are_one_too_many()
    {
        var schedule = Schedule("code");
        using var provider = Services(privacy => privacy.AddRetention(retention => retention.UseSchedule(schedule).UseScheduleFile(ScheduleFile("one"))));

        Assert.Contains("two schedules", Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IRetentionEvaluator>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_schedule_is_a_fault_only_if_it_differs()
    {
        using var same = Services(privacy => privacy.AddRetention(retention => retention.UseSchedule(Schedule("one"))).AddRetention(retention => retention.UseSchedule(Schedule("one"))));
        using var other = Services(privacy => privacy.AddRetention(retention => retention.UseSchedule(Schedule("one"))).AddRetention(retention => retention.UseSchedule(Schedule("two"))));

        Assert.Equal("one", same.GetRequiredService<IRetentionEvaluator>().Schedule.Id);
        Assert.Contains("two schedules", Assert.Throws<OptionsValidationException>(other.GetRequiredService<IRetentionEvaluator>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_schedule_file_is_a_fault_only_if_it_differs()
    {
        var (one, two) = (ScheduleFile("one"), ScheduleFile("two"));
        using var same = Services(privacy => privacy.AddRetention(retention => retention.UseScheduleFile(one).UseScheduleFile(one)));
        using var other = Services(privacy => privacy.AddRetention(retention => retention.UseScheduleFile(one).UseScheduleFile(two)));

        Assert.Equal("one", same.GetRequiredService<IRetentionEvaluator>().Schedule.Id);
        Assert.Contains("two schedules", Assert.Throws<OptionsValidationException>(other.GetRequiredService<IRetentionEvaluator>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_name_is_refused()
    {
        Services(privacy =>
        {
            Assert.Throws<ArgumentException>(() => privacy.AddRetention("", retention => retention.UseSchedule(Schedule("one"))));
            Assert.Throws<ArgumentException>(() => privacy.AddRetention(" ", Configuration("x")));
        }).Dispose();
    }

    [Fact]
    public async Task A_faulty_schedule_stops_the_host_at_start_with_every_fault()
    {
        var path = Path.Combine(_folder.FullName, "faulty.json");
        await File.WriteAllTextAsync(path, Valid.Replace("keep-forever", "keep", StringComparison.Ordinal).Replace("contact", "Contact", StringComparison.Ordinal), Encoding.UTF8, TestContext.Current.CancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAbmPrivacy(privacy => privacy.AddRetention(retention => retention.UseScheduleFile(path)));
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, error.Failures.Count());
        Assert.All(error.Failures, failure => Assert.Contains(path, failure, StringComparison.Ordinal));
        Assert.Contains("/rules/0/kind", error.Message, StringComparison.Ordinal);
        Assert.Contains("/rules/0/classes/0", error.Message, StringComparison.Ordinal);
    }

    private static RetentionSchedule Schedule(string id) => new(id, "1", [RetentionRule.KeepForever("a", "x", [new DataClass("contact")])]);

    private static ServiceProvider Services(Action<PrivacyBuilder> configure) => new ServiceCollection().AddAbmPrivacy(configure).BuildServiceProvider();

    private static IConfiguration Configuration(string path) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("ScheduleFile", path)]).Build();

    private string ScheduleFile(string id)
    {
        var path = Path.Combine(_folder.FullName, id + ".json");
        File.WriteAllText(path, Valid.Replace("NAME", id, StringComparison.Ordinal));
        return path;
    }
}
