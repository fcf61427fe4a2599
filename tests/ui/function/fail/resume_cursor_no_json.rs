use skylift::prelude::*;

pub struct Page(u32);

#[function(resume = queue)]
async fn cursor_is_no_json(cursor: Resume<Page>) -> Result<Progress<Page, u32>, Error> {
    Ok(match cursor.into_inner() {
        Some(Page(number)) => Progress::Done(number),
        None => Progress::Continue(Page(0)),
    })
}

fn main() {}
