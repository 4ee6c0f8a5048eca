package energy.cryptometer.ledger.community;

/// The weights of the paper's equation (1), agreed by contract: W = alpha E + beta A + gamma R.
///
/// @param alpha weight of the voting tokens offered, per mille
/// @param beta weight of the age of the candidate's last block, per mille
/// @param gamma weight of the reputation, per mille
public record ElectionTerms(SelectionRule rule, int alpha, int beta, int gamma) {
    public static final int WHOLE = 1000;

    public ElectionTerms {
        if (!(0 <= gamma && gamma < alpha && alpha < beta)) {
            throw new IllegalArgumentException(
                    "gamma %d < alpha %d < beta %d does not hold (paper, section 3.2)"
                            .formatted(gamma, alpha, beta));
        }
        if ((long) alpha + beta + gamma != WHOLE) {
            throw new IllegalArgumentException(
                    "alpha %d + beta %d + gamma %d is not %d per mille"
                            .formatted(alpha, beta, gamma, WHOLE));
        }
    }
}
