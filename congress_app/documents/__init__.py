"""What is put on record: official papers, their numbers, and what they were made from.

Facts come from the earlier chapters, words from a text an organiser can edit, the form from
Nghị định 30/2020/NĐ-CP. What is issued is frozen with its hash and printed again unchanged.
"""
