using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace WalProvider.Ecosystem.Tests;

/// <summary>A model with what a mapper asks of a database: keys made there, relations, decimals, dates, tokens for concurrency.</summary>
public sealed class Library(DbConnection connection) : DbContext
{
    public DbSet<Writer> Writers => Set<Writer>();

    public DbSet<Volume> Volumes => Set<Volume>();

    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Writer>().HasIndex(writer => writer.Name).IsUnique();
        model.Entity<Volume>().Property(volume => volume.Version).IsConcurrencyToken();
    }
}
