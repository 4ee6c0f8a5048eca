/// Headers, bodies, votes and certificates. Each header names the one before it, and three trees:
///
/// ```text
///     header h - 1  <--previous--  header h  <--previous--  header h + 1
///                                    |  |  |                   |
///         headersRoot ---------------+  |  |                   +--> body h + 1:
///         genesis, headers 1 to h - 1   |  |                        settlement,
///                                       |  |                        certificate of header h,
///         stateRoot --------------------+  |                        transactions
///         the accounts after block h       |
///                                          |
///         txRoot --------------------------+
///         body h: settlement, certificate of header h - 1, transactions
/// ```
///
/// So one certified header proves every earlier header, every account and every transaction.
@NullMarked
package energy.cryptometer.ledger.block;

import org.jspecify.annotations.NullMarked;
