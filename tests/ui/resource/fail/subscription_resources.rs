use skylift::prelude::*;

#[resource(topic)]
pub struct Bookings;

#[resource(topic(fifo))]
pub struct BookingLedger;

#[resource(bus)]
pub struct BookingBus;

#[resource(bucket)]
pub struct BookingFiles;

#[resource(queue(from = topic(Booking)))]
pub struct OfUndeclared;

#[resource(queue(from = topic(BookingBus)))]
pub struct OfAnotherKind;

#[resource(queue(fifo, from = topic(Bookings)))]
pub struct FifoOfStandard;

#[resource(queue(from = [topic(Bookings), topic(Bookings, raw)]))]
pub struct SubscribedTwice;

#[resource(queue(fifo, from = bucket(BookingFiles, prefix = "fifo/")))]
pub struct FifoOfBucket;

#[resource(queue(fifo, from = bus(BookingBus)))]
pub struct WithoutGroup;

#[resource(queue(from = topic(BookingLedger, message_group_id = "a")))]
pub struct WithGroup;

#[resource(queue(from = topic(Bookings, dead_letters = OwnLetters)))]
pub struct OwnLetters;

#[resource(queue(from = topic(Bookings, dead_letters = LostBooking)))]
pub struct LostBookings;

#[resource(topic(from = bus(BookingBus)))]
pub struct WithKeyOfAws;

#[resource(queue(from = bucket(BookingFiles, prefix = "in/")))]
pub struct Overlapping;

#[function(trigger = s3(bucket = BookingFiles, prefix = "in/a"))]
async fn take_booking(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
