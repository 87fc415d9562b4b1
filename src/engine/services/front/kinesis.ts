import { actionOf } from '../../api/awsAction.ts';
import { unsupported } from '../../api/serviceErrors.ts';
import { type Front, passed, refused } from './front.ts';

/** kinesis-local tells accounts apart by the access key, and every environment has a key of its own. */
export const kinesisFront: Front = (request, { accountId }) => {
  if (actionOf(request) === 'SubscribeToShard') {
    return refused(
      unsupported(
        'kinesis:SubscribeToShard',
        'cannot be honoured: the embedded Kinesis (kinesis-local) has no enhanced fan-out. Read with GetRecords.',
      ),
    );
  }
  const authorization = request.headers.authorization?.replace(/Credential=[^/]+/, `Credential=${accountId}`);
  return passed({
    ...request,
    headers: { ...request.headers, ...(authorization === undefined ? {} : { authorization }) },
  });
};
