using NUnit.Framework;
using Shouldly;

namespace WalProvider.Tests.Backups;

public class PageSinkTests
{
    private const int PageSize = 512;

    [Test]
    public void TryWrite_keeps_pages_in_order_and_the_first_apart()
    {
        var sink = new PageSink(PageSize, isKept: true);

        sink.TryWrite(Page(2), PageSize).ShouldBeTrue();
        sink.FirstPage.ShouldBeNull();
        sink.TryWrite(Page(1), 0).ShouldBeTrue();
        sink.TryWrite(Page(3), 2 * PageSize).ShouldBeTrue();

        sink.FirstPage.ShouldBe(Page(1));
        sink.Take().ToArray().ShouldBe([.. Page(2), .. Page(3)]);
        sink.Take().Length.ShouldBe(0);
        sink.Length.ShouldBe(3 * PageSize);
    }

    [Test]
    public void TryWrite_refuses_whatever_is_out_of_order([Values(0, 2, 4)] int page)
    {
        var sink = new PageSink(PageSize, isKept: true);
        sink.TryWrite(Page(2), PageSize);
        sink.TryWrite(Page(3), 2 * PageSize);

        // The first page may come again: it is taken at the end alone.
        sink.TryWrite(Page(9), (long)page * PageSize).ShouldBe(page == 0);

        (sink.Refusal is null).ShouldBe(page == 0);
        sink.TryWrite(Page(4), 3 * PageSize).ShouldBe(page == 0);
    }

    [Test]
    public void TryWrite_refuses_half_a_page()
    {
        var sink = new PageSink(PageSize, isKept: true);

        sink.TryWrite(new byte[PageSize / 2], PageSize).ShouldBeFalse();

        sink.Refusal!.ShouldContain("256");
    }

    [Test]
    public void TryWrite_fills_in_the_one_page_that_SQLite_leaves_out()
    {
        const int Large = 65536;
        const long LockByte = 1L << 30;
        var sink = new PageSink(Large, isKept: true);
        var page = Enumerable.Repeat((byte)7, Large).ToArray();
        for (long offset = Large; offset < LockByte; offset += Large)
        {
            sink.TryWrite(page, offset).ShouldBeTrue();
            sink.Take();
        }

        sink.TryWrite(page, LockByte + Large).ShouldBeTrue();

        sink.Take().ToArray().ShouldBe([.. new byte[Large], .. page]);
        sink.Length.ShouldBe(LockByte + (2 * Large));
        sink.TryWrite(page, LockByte + (3 * Large)).ShouldBeFalse();
    }

    [Test]
    public void Length_is_nothing_before_anything_is_written()
    {
        var sink = new PageSink(PageSize, isKept: false);

        sink.Length.ShouldBe(0);
        sink.IsBehindEnd(0).ShouldBeTrue();
        sink.TryWrite(Page(2), PageSize);
        sink.Length.ShouldBe(2 * PageSize);
        sink.IsBehindEnd(PageSize).ShouldBeFalse();
        sink.Take().Length.ShouldBe(0);
    }

    private static byte[] Page(byte content)
    {
        var page = new byte[PageSize];
        page.AsSpan().Fill(content);
        return page;
    }
}
