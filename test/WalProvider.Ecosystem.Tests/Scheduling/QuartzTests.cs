using System.Collections.Specialized;
using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using Quartz;
using Quartz.Impl;
using Quartz.Impl.AdoJobStore;
using Quartz.Impl.AdoJobStore.Common;
using Quartz.Impl.Matchers;
using Shouldly;

namespace WalProvider.Ecosystem.Tests;

/// <summary>Quartz.NET's job store on our connections. It knows its providers by their types' names, so it is told of ours first.</summary>
[TestFixtureSource(typeof(Provider), nameof(Provider.All))]
public sealed class QuartzTests(Provider provider) : LibraryTest(provider)
{
    private readonly List<IScheduler> _schedulers = [];
    private string _name = null!;

    private Board Board => Board.Of(_name);

    [OneTimeSetUp]
    public static void Register() => DbProvider.RegisterDbMetadata("WalProvider", new DbMetadata
    {
        AssemblyName = typeof(WalDbConnection).Assembly.GetName().Name,
        ConnectionType = typeof(WalDbConnection),
        CommandType = typeof(WalDbCommand),
        ParameterType = typeof(SqliteParameter),
        ParameterDbType = typeof(DbType),
        ParameterDbTypePropertyName = nameof(SqliteParameter.DbType),
        ParameterNamePrefix = "@",
        ExceptionType = typeof(SqliteException),
        UseParameterNamePrefixInParameterCollection = true,
        BindByName = true,
    });

    [SetUp]
    public void CreateTables()
    {
        _name = Guid.NewGuid().ToString("N");
        QuartzTables.Create(Connection);
    }

    [TearDown]
    public async Task ShutDown()
    {
        foreach (var scheduler in _schedulers)
            await scheduler.Shutdown(waitForJobsToComplete: true);
        _schedulers.Clear();
    }

    [Test]
    public async Task Jobs_fire_and_keep_their_data([Values] bool useProperties)
    {
        var scheduler = await Start(useProperties);
        await scheduler.ScheduleJob(Job("counts", "hello"), Trigger("t").WithSimpleSchedule(s => s.WithInterval(TimeSpan.FromMilliseconds(1)).WithRepeatCount(4)).Build());
        await Board.Wait(5);
        await ShutDown();
        Board.Runs.ShouldBe(["counts 1 hello", "counts 2 hello", "counts 3 hello", "counts 4 hello", "counts 5 hello"]);
        Board.Errors.ShouldBeEmpty();
        Connection.ExecuteScalar<int>("SELECT count(*) FROM QRTZ_TRIGGERS").ShouldBe(0, "a trigger that is done is taken away");
    }

    [Test]
    public async Task Triggers_of_every_kind_are_stored_and_found_again()
    {
        var scheduler = await Start(useProperties: true, starts: false);
        await scheduler.AddJob(Job("kept", "w"), replace: false);
        foreach (var trigger in new[]
        {
            Trigger("cron").WithCronSchedule("0 15 10 ? * MON-FRI"), Trigger("simple").WithSimpleSchedule(s => s.WithIntervalInHours(3).RepeatForever()),
            Trigger("daily").WithDailyTimeIntervalSchedule(s => s.OnEveryDay().StartingDailyAt(TimeOfDay.HourAndMinuteOfDay(9, 30))),
            Trigger("calendar").WithCalendarIntervalSchedule(s => s.WithIntervalInWeeks(2)),
        })
        {
            await scheduler.ScheduleJob(trigger.ForJob("kept").StartAt(DateTimeOffset.UtcNow.AddDays(1)).Build());
        }

        await ShutDown();
        var again = await Start(useProperties: true, starts: false);
        var keys = await again.GetTriggerKeys(GroupMatcher<TriggerKey>.AnyGroup());
        keys.Select(key => key.Name).ShouldBe(["cron", "simple", "daily", "calendar"], ignoreOrder: true);
        (await again.GetTrigger(new TriggerKey("cron"))).ShouldBeAssignableTo<ICronTrigger>()!.CronExpressionString.ShouldBe("0 15 10 ? * MON-FRI");
        (await again.GetTrigger(new TriggerKey("calendar"))).ShouldBeAssignableTo<ICalendarIntervalTrigger>()!.RepeatInterval.ShouldBe(2);
        await again.PauseTrigger(new TriggerKey("cron"));
        (await again.GetTriggerState(new TriggerKey("cron"))).ShouldBe(TriggerState.Paused);
        await again.ResumeAll();
        (await again.UnscheduleJob(new TriggerKey("simple"))).ShouldBeTrue();
        (await again.DeleteJob(new JobKey("kept"))).ShouldBeTrue();
        Connection.ExecuteScalar<int>("SELECT (SELECT count(*) FROM QRTZ_TRIGGERS) + (SELECT count(*) FROM QRTZ_CRON_TRIGGERS)").ShouldBe(0);
        Board.Errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Job_that_was_scheduled_fires_after_a_restart()
    {
        var scheduler = await Start(useProperties: true, starts: false);
        await scheduler.ScheduleJob(Job("later", "again"), Trigger("t").StartNow().Build());
        await ShutDown();
        Board.Runs.ShouldBeEmpty();
        await Start(useProperties: true);
        await Board.Wait(1);
        Board.Runs.ShouldBe(["later 1 again"]);
        Board.Errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Trigger_that_comes_too_late_is_a_misfire()
    {
        var scheduler = await Start(useProperties: true, starts: false);
        var hourAgo = DateTimeOffset.UtcNow.AddHours(-1);
        await scheduler.ScheduleJob(
            Job("late", "fires"), Trigger("late").StartAt(hourAgo).WithSimpleSchedule(s => s.WithMisfireHandlingInstructionFireNow()).Build());
        await scheduler.Start();
        await Board.Wait(2);
        await ShutDown();
        Board.Runs.ShouldBe(["late misfired", "late 1 fires"]);
        Board.Errors.ShouldBeEmpty();
    }

    [Test]
    public async Task Many_jobs_on_several_threads_meet_no_lock_beside_another_writer()
    {
        const int Jobs = 60;
        Connection.Execute("CREATE TABLE beside(a)");
        var scheduler = await Start(useProperties: true, threads: 8);
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await using var connection = Provider.Create(Path);
                await connection.OpenAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await connection.ExecuteAsync("INSERT INTO beside VALUES (@i)", new { i }, transaction);
                await transaction.CommitAsync();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Jobs).Select(i => Task.Run(() => scheduler.ScheduleJob(Job($"job{i}", "x"), Trigger($"t{i}").StartNow().Build()))));
        await Board.Wait(Jobs);
        await writer;
        await ShutDown();
        Board.Errors.ShouldBeEmpty();
        Board.Runs.Order().ShouldBe(Enumerable.Range(0, Jobs).Select(i => $"job{i} 1 x").Order());
        Connection.ExecuteScalar<int>("SELECT count(*) FROM beside").ShouldBe(500);
        Connection.ExecuteScalar<int>("SELECT count(*) FROM QRTZ_FIRED_TRIGGERS").ShouldBe(0);
    }

    private static TriggerBuilder Trigger(string name) => TriggerBuilder.Create().WithIdentity(name);

    private static IJobDetail Job(string name, string word) => JobBuilder.Create<BoardJob>().WithIdentity(name).UsingJobData("word", word).StoreDurably().Build();

    private async Task<IScheduler> Start(bool useProperties, int threads = 2, bool starts = true)
    {
        var scheduler = await new StdSchedulerFactory(new NameValueCollection
        {
            ["quartz.scheduler.instanceName"] = _name,
            ["quartz.threadPool.maxConcurrency"] = threads.ToString(CultureInfo.InvariantCulture),
            ["quartz.jobStore.type"] = typeof(JobStoreTX).AssemblyQualifiedName,
            ["quartz.jobStore.driverDelegateType"] = typeof(SQLiteDelegate).AssemblyQualifiedName,
            ["quartz.jobStore.dataSource"] = "default",
            ["quartz.jobStore.clustered"] = "false",
            ["quartz.jobStore.useProperties"] = useProperties ? "true" : "false",
            ["quartz.jobStore.misfireThreshold"] = "60000",
            ["quartz.dataSource.default.provider"] = Provider.IsOurs ? "WalProvider" : "SQLite-Microsoft",
            ["quartz.dataSource.default.connectionString"] = Provider.ConnectionString(Path),
            ["quartz.serializer.type"] = typeof(TextSerializer).AssemblyQualifiedName,
        }).GetScheduler();
        _schedulers.Add(scheduler);
        scheduler.ListenerManager.AddSchedulerListener(new BoardListener(Board));
        scheduler.ListenerManager.AddTriggerListener(new MisfireListener(Board));
        if (starts)
            await scheduler.Start();
        return scheduler;
    }
}
