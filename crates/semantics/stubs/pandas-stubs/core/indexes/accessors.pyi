from typing import Any

from pandas import DataFrame, Series

class CombinedDatetimelikeProperties:
    date: Series
    time: Series
    timetz: Series
    year: Series
    month: Series
    day: Series
    hour: Series
    minute: Series
    second: Series
    microsecond: Series
    nanosecond: Series
    dayofweek: Series
    day_of_week: Series
    weekday: Series
    dayofyear: Series
    day_of_year: Series
    quarter: Series
    is_month_start: Series
    is_month_end: Series
    is_quarter_start: Series
    is_quarter_end: Series
    is_year_start: Series
    is_year_end: Series
    is_leap_year: Series
    daysinmonth: Series
    days_in_month: Series
    days: Series
    seconds: Series
    microseconds: Series
    start_time: Series
    end_time: Series
    def normalize(self, *args: Any, **kwargs: Any) -> Series: ...
    def strftime(self, *args: Any, **kwargs: Any) -> Series: ...
    def round(self, *args: Any, **kwargs: Any) -> Series: ...
    def floor(self, *args: Any, **kwargs: Any) -> Series: ...
    def ceil(self, *args: Any, **kwargs: Any) -> Series: ...
    def month_name(self, *args: Any, **kwargs: Any) -> Series: ...
    def day_name(self, *args: Any, **kwargs: Any) -> Series: ...
    def total_seconds(self, *args: Any, **kwargs: Any) -> Series: ...
    def tz_localize(self, *args: Any, **kwargs: Any) -> Series: ...
    def tz_convert(self, *args: Any, **kwargs: Any) -> Series: ...
    def to_period(self, *args: Any, **kwargs: Any) -> Series: ...
    def to_timestamp(self, *args: Any, **kwargs: Any) -> Series: ...
    def isocalendar(self) -> DataFrame: ...
    def __getattr__(self, name: str) -> Any: ...
