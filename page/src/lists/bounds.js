// Bounds of time as somebody types them: any part of a date, in any digits, in the western or the Persian calendar.
import { dateAt, momentOf, persianDate } from "../words/format.js";

// Years before it are Persian, the others Gregorian.
const WESTERN = 1600;

// The first minute of what is typed, or the first one after it; NaN where it is no date.
export const boundOf = (text, end) => {
  const western = text
    .replace(/[۰-۹]/g, (digit) => String("۰۱۲۳۴۵۶۷۸۹".indexOf(digit)))
    .replace(/[٠-٩]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩".indexOf(digit)));
  const found = western.trim().match(/^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/);
  if (!found) return NaN;
  const [, year, month, day] = found.map((field) => (field === undefined ? undefined : Number(field)));
  if (month === 0 || month > 12 || day === 0 || day > 31) return NaN;
  const first = year < WESTERN ? fromPersian : momentOf;
  if (!end) return first(year, month ?? 1, day ?? 1);
  if (day) return first(year, month, day) + 1440;
  return month && month < 12 ? first(year, month + 1, 1) : first(year + 1, 1, 1);
};

// The moment at which a day of the Persian calendar begins.
const fromPersian = (year, month, day) => {
  const since = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  const near = momentOf(year + 621, 3, 21) + (since + day - 1) * 1440;
  const wanted = { year, month, day };
  const around = [0, -1440, 1440].map((shift) => near + shift);
  return (
    around.find((moment) => {
      const fields = persianDate(dateAt(moment));
      return Object.keys(wanted).every((name) => fields[name] === wanted[name]);
    }) ?? near
  );
};

// Writes a day as the fields of dates expect it.
export const dayOf = (moment) => dateAt(moment).toISOString().slice(0, 10);
