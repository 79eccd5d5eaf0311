"""Control of execution: what is owed by whom and when, and which acts change that.

The words are those of Russian office practice (ГОСТ Р 7.0.8-2013 on records management: контроль исполнения
документов, поручение, срок исполнения; the model instruction of Rosarchiv, order 44 of 11.04.2018: продление,
возврат на доработку, снятие с контроля). What proves an assignment done is `avgust.domain.proof`.
"""
