'use client';

import { ItemForms } from './item-forms';
import { useCommands } from './reader/commands';
import { toggleFullText } from './reader/full-texts';
import type { Article } from './reader/listed-item';
import { toggle } from './reader/mark';
import { ShownArticle } from './reader/shown-article';
import type { ShownText } from './reader/shown-texts';

interface ItemArticleProps {
  article: Article;
  asOf: string;
  /** Whether it is to be shown with the text of its own page. */
  wantsFull: boolean;
  /** That text, as far as it has come. */
  text: ShownText | null;
  /** The page as it is: where its forms come back to. */
  address: string;
  markAction: (form: FormData) => Promise<void>;
  textAction: (form: FormData) => Promise<void>;
}

const nothing = () => undefined;

/** An article on a page of its own, with its keys. */
export function ItemArticle({ article, text, markAction, textAction, ...props }: ItemArticleProps) {
  const { id, url } = article;
  useCommands({
    original: () => {
      if (url !== null) window.open(url, '_blank', 'noreferrer');
    },
    fullText: () => toggleFullText(id),
    toggle: (part) => toggle(article, part),
    // There is no list here.
    step: nothing,
    open: nothing,
    close: nothing,
    markAll: nothing,
    refresh: nothing,
  });
  const { asOf, wantsFull, address } = props;
  return (
    <article aria-labelledby="article-title">
      <ShownArticle
        key={id}
        article={article}
        asOf={asOf}
        withPage
        wantsFull={wantsFull}
        rendered={text}
        action={textAction}
      />
      <ItemForms
        article={article}
        rendered={text}
        back={address}
        action={markAction}
        textAction={textAction}
      />
    </article>
  );
}
