import { testWrongResponses } from '../../support/wrongResponses';

jest.setTimeout(300_000);

testWrongResponses('Fanvue');
