import type { Topology } from '../../../shared/topology'
import { Age } from '../../parts/age'
import { formatCount } from '../../parts/format'
import { Select } from '../../parts/select'
import { TextInput } from '../../parts/text-input'
import { filterWords, type PictureFilter } from './bright-of'

const options = (Object.keys(filterWords) as PictureFilter[]).map((id) => ({ id, label: filterWords[id] }))

/** How old the picture is, what of it is to be seen, and words to find in it; `found` counts what stays bright. */
export function FindTools(props: FindToolsProps) {
  const { topology, words, filter, found, onWords, onFilter, onNext } = props
  return (
    <>
      <span className="s11 t3 hide-narrow nw">
        {topology ? (
          <>
            survey <Age at={topology.at} ago staleAfterMs={10_000} />
          </>
        ) : (
          'not asked yet'
        )}
      </span>
      {found !== null && (
        <span className="s11 t2 nw" role="status">
          {found === 0 ? 'none' : `${formatCount(found)} found`}
        </span>
      )}
      <span className="topo-filter">
        <Select label="Show in the picture" value={filter} onChange={onFilter} options={options} />
      </span>
      <span className="topo-find">
        <TextInput
          value={words}
          onChange={onWords}
          onEnter={onNext}
          label="Find in the picture"
          placeholder="Find"
          icon="search"
          type="search"
        />
      </span>
    </>
  )
}

/** What `FindTools` are told. */
export type FindToolsProps = {
  topology: Topology | null
  words: string
  filter: PictureFilter
  found: number | null
  onWords: (words: string) => void
  onFilter: (filter: PictureFilter) => void
  /** Enter in the field: to the next one that was found. */
  onNext: () => void
}
